package enum

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how an enum is written.
func block() sdk.Option {
	return sdk.Option{
		Name: "enum", On: detect.OnApp, Kind: model.EnumKind, Doc: "an enumerated type", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "values", Type: detect.TypeStrings, Required: true, Doc: "The values, in their order", Example: `["...", "..."]`},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "type", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
			{Name: renamedValues, Type: detect.TypeMap, Hint: true, Example: `{ old = "new" }`, Doc: "Former values, each with the one that it is now"},
		}},
	}
}
