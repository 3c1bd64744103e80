package composite

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a composite is written.
func block() sdk.Option {
	attribute := sdk.Shape{Attrs: []sdk.Attr{
		{Name: "type", Type: detect.TypeType, Required: true, Aspects: []string{"type", "definition"}, Example: "text", Doc: "The type of its values"},
		{Name: "collate", Type: detect.TypeString, Example: `"C"`, Doc: "The collation of its values"},
		{Name: renamedFrom, Type: detect.TypeString, Hint: true, Example: "OLD_NAME", Doc: "Its former name"},
	}}
	return sdk.Option{
		Name: "composite", On: detect.OnApp, Kind: model.CompositeKind, Doc: "a type with attributes", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "field", Type: detect.TypeBlocks, Required: true, Shape: &attribute, Doc: "Its attributes, in their order"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "type", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
