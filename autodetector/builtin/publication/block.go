package publication

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// changes are the words of publish, in the order in which PostgreSQL says them.
var changes = []string{"insert", "update", "delete", "truncate"}

// block is how a publication is written.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a publication", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "models", Type: detect.TypeRefs, Kinds: []string{model.ModelKind}, Aspects: []string{"exists"}, Example: "[pizza]", Doc: "The models whose changes it has, all columns and rows of them"},
			{Name: "model", Type: detect.TypeBlocks, Kinds: []string{model.ModelKind}, Aspects: []string{"exists"}, Shape: partShape(), Doc: "A model of which it has some columns or rows only, from PostgreSQL 15 on"},
			{Name: "schemas", Type: detect.TypeStrings, Example: `["audit"]`, Doc: "The schemas whose tables it has, those that come later too, from PostgreSQL 15 on"},
			{Name: "all_tables", Type: detect.TypeBool, Fill: true, Doc: "It has all tables of the database, those that come later too"},
			{Name: "publish", Type: detect.TypeKeywords, OneOf: changes, Example: "[insert, update]", Doc: "The changes that it has; all where it is absent"},
			{Name: "via_root", Type: detect.TypeBool, Fill: true, Doc: "Changes of partitions are told as those of the table that they are partitions of"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: string(detect.NamesPublication), Doc: "The name in the database"},
		}},
	}
}

// partShape is what can be said of a model in a publication. PostgreSQL changes the
// type of no column that it names.
func partShape() *sdk.Shape {
	return &sdk.Shape{Attrs: []sdk.Attr{
		{Name: "columns", Type: detect.TypeFields, Aspects: []string{"type"}, Example: "[id, name]", Doc: "The fields that it has; all where it is absent"},
		{Name: "where", Type: detect.TypeExpression, Aspects: []string{"type", "definition"}, Example: "price < 10", Doc: "The rows that it has; all where it is absent"},
	}}
}
