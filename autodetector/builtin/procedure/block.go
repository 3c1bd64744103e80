package procedure

import (
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/sdk"
)

// block is how a procedure is written.
func block() sdk.Option {
	return sdk.Option{
		Name: kindName, On: detect.OnApp, Kind: kindName, Doc: "a procedure", Labelled: true,
		Shape: sdk.Shape{Attrs: []sdk.Attr{
			{Name: "args", Type: detect.TypeArguments, Example: "{ name = text }", Doc: "The arguments in their order: types, or objects with type, mode and default"},
			{Name: "language", Type: detect.TypeKeyword, OneOf: []string{"sql", "plpgsql", "c", "internal", "plpython3u", "plperl", "plperlu", "pltcl", "pltclu", "plv8"}, Default: "sql", Doc: "The language of the body"},
			{Name: "body", Type: detect.TypeSQL, SQL: detect.SQLBody, Language: "language", Required: true, Example: `"insert ..."`, Doc: "The body, as it stands between the quotes"},
			{Name: "security", Type: detect.TypeKeyword, OneOf: []string{"invoker", "definer"}, Default: "invoker", Doc: "Whose rights it has"},
			{Name: "set", Type: detect.TypeMap, Example: `{ search_path = "" }`, Doc: "Settings while it runs"},
			{Name: "comment", Type: detect.TypeString, Doc: "A comment in the database"},
			{Name: "name", Type: detect.TypeString, Names: "function", Doc: "The name in the database"},
			{Name: "schema", Type: detect.TypeString, Names: "schema", Doc: "The schema that it stands in"},
		}},
	}
}
