// Package query writes what views and materialized views have in common: a query, and
// the columns that it has. It owns no objects and decides nothing.
package query

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Head returns what stands behind the name of a new view: its columns, so that they are
// called as they were found to be, or nothing. Those of * come in the order that the
// table has them in, which only the server knows: they have the names of the query,
// unless somebody gave them names.
func Head(text sdk.Text, columns []model.Column) string {
	given := func(c model.Column) bool { return c.Given }
	if len(columns) == 0 || text.HasStar() && !slices.ContainsFunc(columns, given) {
		return ""
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = sdk.Ident(c.Name)
	}
	return " (" + strings.Join(names, ", ") + ")"
}

// Body returns a query as it stands behind AS, without what ends it as a statement.
func Body(at sdk.Moment, text sdk.Text) string {
	return strings.TrimRight(at.Text(text), "; \t\r\n")
}

// Keys are the names that a view has in the database: its own and that of its row type.
func Keys(schema, name string) []string {
	return []string{sdk.Name("relation", schema, name), sdk.Name("type", schema, name)}
}
