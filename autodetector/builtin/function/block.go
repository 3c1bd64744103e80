package function

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a function is written.
func block() sdk.Option {
	one := int64(1)
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a function", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "args", Type: detect.TypeArguments, Example: "{ name = text }", Doc: "The arguments in their order: types, or objects with type, mode and default"},
			{Name: "returns", Type: detect.TypeResult, Required: true, Example: "integer", Doc: "What it returns: a type, setof(type), table({ name = type }), trigger or void"},
			{Name: "language", Type: detect.TypeKeyword, OneOf: []string{"sql", "plpgsql", "c", "internal", "plpython3u", "plperl", "plperlu", "pltcl", "pltclu", "plv8"}, Default: "sql", Doc: "The language of the body"},
			{Name: "body", Type: detect.TypeSQL, SQL: detect.SQLBody, Language: "language", Required: true, Example: `"select ..."`, Doc: "The body, as it stands between the quotes"},
			{Name: "volatility", Type: detect.TypeKeyword, OneOf: []string{"volatile", "stable", "immutable"}, Default: "volatile", Doc: "Whether its result changes by itself"},
			{Name: "strict", Type: detect.TypeBool, Fill: true, Doc: "NULL for an argument gives NULL"},
			{Name: "parallel", Type: detect.TypeKeyword, OneOf: []string{"unsafe", "restricted", "safe"}, Default: "unsafe", Doc: "Whether it can run in parallel"},
			{Name: "security", Type: detect.TypeKeyword, OneOf: []string{"invoker", "definer"}, Default: "invoker", Doc: "Whose rights it has"},
			{Name: "leakproof", Type: detect.TypeBool, Fill: true, Doc: "It tells nothing of its arguments"},
			{Name: "cost", Type: detect.TypeInt, Min: &one, Doc: "Its cost for the planner"},
			{Name: "rows", Type: detect.TypeInt, Min: &one, Doc: "How many rows the planner expects of it"},
			{Name: "set", Type: detect.TypeMap, Example: `{ search_path = "" }`, Doc: "Settings while it runs"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "function", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
