package postgres

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// harmless refuses a query that calls a function which may do more than compute.
// Names that stand in front of a parenthesis are looked up: a function that is
// volatile by any of its definitions is one of these. All that reads files, ends
// sessions, takes locks, changes settings or runs SQL is.
func (d *Database) harmless(ctx context.Context, query, sql string) error {
	calls, err := sqltext.Calls(sql)
	if err != nil {
		return unread(query, err.Error()+".")
	}
	schemas, names := make([]string, len(calls)), make([]string, len(calls))
	for i, call := range calls {
		schemas[i], names[i] = cmp.Or(call.Schema, "pg_catalog"), call.Name // the search path has nothing else
	}
	rows, err := d.conn.Query(ctx, volatile, schemas, names)
	if err != nil {
		return wrap("reading the catalog", err)
	}
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return wrap("reading the catalog", err)
	}
	if len(found) > 0 {
		return unread(query, "It calls "+strings.Join(found, ", ")+
			", which may do more than compute: PostgreSQL calls such functions volatile.")
	}
	return nil
}

// volatile selects those of the functions that may do more than compute.
const volatile = `SELECT DISTINCT p.proname::text
	FROM unnest($1::text[], $2::text[]) AS called (schema, name)
	JOIN pg_catalog.pg_namespace n ON n.nspname = called.schema
	JOIN pg_catalog.pg_proc p ON p.pronamespace = n.oid AND p.proname = called.name
	WHERE p.provolatile = 'v' OR p.prokind = 'p' ORDER BY 1`

func unread(query, why string) error {
	return problem("WH5504", fmt.Sprintf("the catalog query %q is not run", query), why, "report it to the author of the plugin")
}
