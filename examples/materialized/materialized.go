// Package materialized is an example of a plugin with a block of its own at the
// top of model files: materialized views.
//
// The query is SQL over the tables and views of the project. Its names are found
// by whimbrel, so that it is renamed, released and made again with what it reads.
package materialized

import (
	"strings"

	"github.com/whimbreldb/whimbrel/sdk"
)

// New returns the detector of the plugin.
func New() sdk.Detector {
	return sdk.Define("materialized", "1.0.0", "Materialized views: queries whose rows are stored.",
		sdk.AppBlock("materialized", "A query whose rows are stored until it is refreshed.", sdk.Recreated(view), sdk.Alike(sdk.Asked)),
		sdk.Queries(inspect, sdk.CatalogQuery{Name: "views", Doc: "Materialized views, and whether they have rows.", SQL: views}),
	)
}

// contents is what stands in the block.
type contents struct {
	Query     sdk.Text    `whimbrel:"query" sql:"query" columns:"columns" example:"sql(\"select ...\")" doc:"The query, in SQL."`
	Columns   sdk.Columns `whimbrel:"columns" doc:"The names of its columns, where they are not those of the query."`
	Populated bool        `whimbrel:"populated,fill" default:"true" doc:"It has rows from the beginning; else from the first REFRESH on."`
	Name      string      `whimbrel:"name" names:"relation" doc:"The name in the database."`
	Schema    string      `whimbrel:"schema" names:"schema" doc:"The schema that it stands in."`
}

func view(o *sdk.Declared[contents]) sdk.Script {
	create := "CREATE MATERIALIZED VIEW " + o.Qualified()
	if len(o.Options.Columns) > 0 && (o.Options.Columns[0].Given || !o.Options.Query.HasStar()) { // the order of * is the server's
		var names []string
		for _, c := range o.Options.Columns {
			names = append(names, sdk.Ident(c.Name))
		}
		create += " (" + strings.Join(names, ", ") + ")"
	}
	create += " AS\n" + o.SQLText(o.Options.Query)
	if !o.Options.Populated {
		create += "\nWITH NO DATA"
	}
	return sdk.Script{
		Create: []string{create},
		Drop:   []string{"DROP MATERIALIZED VIEW " + o.Qualified()},
		Names: []string{ // PostgreSQL makes a type of its rows too
			sdk.Name("relation", o.Options.Schema, o.Options.Name), sdk.Name("type", o.Options.Schema, o.Options.Name),
		},
	}
}

const views = `SELECT n.nspname AS schema, c.relname AS name, c.relispopulated AS populated
	FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm'`

// inspect says which of the project's materialized views a database has. Whether a
// query is the one that is wanted, only PostgreSQL could tell.
func inspect(catalog sdk.Catalog) ([]*sdk.Object, error) {
	var found []*sdk.Object
	for _, row := range sdk.Rows(catalog, "views") {
		block := sdk.BlockOf(catalog.State, "materialized.materialized", row["schema"], row["name"])
		if block == nil {
			continue // somebody else's
		}
		attrs := map[string]any{"query": true, "columns": true, "populated": row["populated"] == "t", "name": row["name"], "schema": row["schema"]}
		o, err := sdk.ObjectOf(block.Address.Kind(), block.Address, "", attrs)
		if err != nil {
			return nil, err
		}
		found = append(found, o)
	}
	return found, nil
}
