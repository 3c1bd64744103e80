package view

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a view is written.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a view", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "query", Type: detect.TypeSQL, SQL: detect.SQLQuery, Columns: "columns", Required: true, Example: `sql("select ...")`, Doc: "The query, in SQL"},
			{Name: "columns", Type: detect.TypeStrings, Doc: "The names of its columns, where they are not those of the query"},
			{Name: "check_option", Type: detect.TypeKeyword, OneOf: []string{"local", "cascaded"}, Doc: "Rows that the view would not show cannot be written through it"},
			{Name: "security_barrier", Type: detect.TypeBool, Fill: true, Doc: "Its conditions come before those of whoever reads it"},
			{Name: "security_invoker", Type: detect.TypeBool, Fill: true, Doc: "It reads with the rights of whoever reads it; PostgreSQL 15 and later"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "relation", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
