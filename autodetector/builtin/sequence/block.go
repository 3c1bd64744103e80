package sequence

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a sequence is written.
func block() sdk.Option {
	one := int64(1)
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a sequence of numbers", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "type", Type: detect.TypeKeyword, OneOf: []string{"smallint", "integer", "bigint"}, Default: "bigint", Doc: "The type that bounds its numbers"},
			{Name: "start", Type: detect.TypeInt, Doc: "The first number"},
			{Name: "increment", Type: detect.TypeInt, Default: "1", Doc: "The step; a negative one goes downwards"},
			{Name: "min", Type: detect.TypeInt, Doc: "The least number"},
			{Name: "max", Type: detect.TypeInt, Doc: "The greatest number"},
			{Name: "cache", Type: detect.TypeInt, Min: &one, Default: "1", Doc: "How many numbers a session takes at a time"},
			{Name: "cycle", Type: detect.TypeBool, Fill: true, Doc: "Begin anew at the end"},
			{Name: "owned_by", Type: detect.TypeRef, Kinds: []string{model.FieldKind}, Loose: true, Example: "MODEL.FIELD", Doc: "The field with whose column it is dropped"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "relation", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
