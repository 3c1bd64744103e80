package domain

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a domain is written.
func block() sdk.Option {
	return sdk.Option{
		Name: "domain", On: detect.OnApp, Kind: model.DomainKind, Doc: "a type with constraints", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "type", Type: detect.TypeType, Required: true, Aspects: []string{"type", "definition"}, Example: "text"},
			{Name: "null", Type: detect.TypeBool, Default: "true", Fill: true, Doc: "Whether a value can be NULL"},
			{Name: "default", Type: detect.TypeExpression, As: "type", Doc: "The default of columns that have none of their own"},
			{Name: "check", Type: detect.TypeExpression, Given: "type", Condition: true, Doc: "What holds of each value, which is called value"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "type", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
