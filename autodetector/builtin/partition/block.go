package partition

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// depth is how deep partitions can stand in partitions.
const depth = 3

// block is how a partition is written in its model.
func block() sdk.Option {
	shape := shapeOf(depth)
	shape.Attrs = append(shape.Attrs, sdk.Attr{Name: "name", Type: detect.TypeString, Names: string(detect.NamesRelation), Doc: "The name in the database"},
		sdk.Attr{Name: "schema", Type: detect.TypeString, Names: string(detect.NamesSchema), Doc: "The schema that it stands in"})
	return sdk.Option{Name: kindName, On: detect.OnModel, Kind: kindName, Doc: "a partition", Labelled: true, Shape: *shape}
}

// shapeOf returns what can stand in a partition in which others can stand.
func shapeOf(levels int) *sdk.Shape {
	one, zero := int64(1), int64(0)
	shape := &sdk.Shape{Attrs: []sdk.Attr{
		{Name: "from", Type: detect.TypeExpression, Example: `"2026-01-01"`, Doc: "The first value of a range; null or absent: from the least one on"},
		{Name: "to", Type: detect.TypeExpression, Example: `"2027-01-01"`, Doc: "The value before which a range ends; null or absent: with the greatest one"},
		{Name: "values", Type: detect.TypeExpression, Example: `["a", "b"]`, Doc: "The values of a list"},
		{Name: "modulus", Type: detect.TypeInt, Min: &one, Example: "4", Doc: "By what a hash is divided"},
		{Name: "remainder", Type: detect.TypeInt, Min: &zero, Example: "0", Doc: "What has to be left then"},
		{Name: "default", Type: detect.TypeBool, Fill: true, Doc: "It has the rows of no other partition"},
		{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
	}}
	if levels == 1 {
		return shape
	}
	inner := shapeOf(levels - 1)
	inner.Attrs = append(inner.Attrs, sdk.Attr{Name: "name", Type: detect.TypeString, Doc: "The name in the database; by default that of what it is in and the label"})
	shape.Attrs = append(shape.Attrs,
		sdk.Attr{Name: "partition_by", Type: detect.TypeExpression, Aspects: []string{"exists"}, Example: "list(region)", Doc: "By what it is divided into partitions itself"},
		sdk.Attr{Name: kindName, Type: detect.TypeBlocks, Shape: inner, Doc: "A partition of it"})
	return shape
}
