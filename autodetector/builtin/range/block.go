package ranges

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a range is written.
func block() sdk.Option {
	return sdk.Option{
		Name: "range", On: detect.OnApp, Kind: model.RangeKind, Doc: "a type of ranges", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "subtype", Type: detect.TypeType, Required: true, Aspects: []string{"type", "definition"}, Example: "numeric", Doc: "The type of its bounds"},
			{Name: "subtype_opclass", Type: detect.TypeString, Doc: "The operator class that puts bounds in order, where it is not that of their type"},
			{Name: "subtype_diff", Type: detect.TypeString, Example: `"float8mi"`, Doc: "The function that says how far two bounds are apart"},
			{Name: "canonical", Type: detect.TypeString, Doc: "The function that gives equal ranges one form"},
			{Name: "collation", Type: detect.TypeString, Example: `"C"`, Doc: "The collation of its bounds"},
			{Name: "multirange", Type: detect.TypeString, Doc: "The name of the type of several such ranges"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "type", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
