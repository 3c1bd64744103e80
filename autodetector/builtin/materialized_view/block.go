package materializedview

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a materialized view is written.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a materialized view", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "query", Type: detect.TypeSQL, SQL: detect.SQLQuery, Columns: "columns", Required: true, Example: `sql("select ...")`, Doc: "The query, in SQL"},
			{Name: "columns", Type: detect.TypeStrings, Doc: "The names of its columns, where they are not those of the query"},
			{Name: "with_data", Type: detect.TypeBool, Fill: true, Default: "true", Doc: "It has rows from the beginning; else from the first REFRESH on"},
			{Name: "index", Type: detect.TypeBlocks, Shape: indexShape(), Doc: "An index over its rows"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "relation", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}

func indexShape() *sdk.Shape {
	return &sdk.Shape{Attrs: []sdk.Attr{
		{Name: "fields", Type: detect.TypeNames, Example: "[name]", Doc: "The columns of the view"},
		{Name: "on", Type: detect.TypeStrings, SQL: detect.SQLExpression, Example: `["lower(name)"]`, Doc: "Expressions over the columns, in SQL, behind the fields"},
		{Name: "unique", Type: detect.TypeBool, Fill: true, Doc: "No two rows have the same values; REFRESH CONCURRENTLY needs such an index"},
		{Name: "method", Type: detect.TypeKeyword, OneOf: []string{"btree", "hash", "gin", "gist", "spgist", "brin"}, Doc: "The access method; btree where it is absent"},
		{Name: "include", Type: detect.TypeNames, Doc: "Columns that are stored beside the keys"},
		{Name: "where", Type: detect.TypeString, SQL: detect.SQLExpression, Doc: "Which rows it is over, in SQL"},
		{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
		{Name: "name", Type: detect.TypeString, Doc: "The name in the database; by default the view's and the label"},
	}}
}
