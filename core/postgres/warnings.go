package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// oldest is the oldest version of PostgreSQL that is known to work.
const oldest = 130000

// Warnings returns what a user should know about a database before it is
// migrated: that another migration tool works on it, that the server is old.
func (d *Database) Warnings(ctx context.Context) (diag.List, error) {
	var found diag.List
	version, err := d.ServerVersion(ctx)
	if err != nil {
		return nil, err
	}
	if version < oldest {
		found = append(found, diag.Diagnostic{
			Severity: diag.Warning, Code: "WH5122",
			Summary: fmt.Sprintf("the server is PostgreSQL %d", version/10000),
			Detail:  "whimbrel is tested with PostgreSQL 13 and later.",
		})
	}
	tables, err := d.gooseTables(ctx)
	for _, table := range tables {
		found = append(found, diag.Diagnostic{
			Severity: diag.Warning, Code: "WH5121",
			Summary: "goose migrates this database too: it has a table " + table,
			Detail:  "whimbrel and goose keep separate records: what one has applied the other would apply again.",
			Next:    "let one of them run the migrations; record what goose has applied with: whimbrel migrate --fake",
		})
	}
	return found, err
}

func (d *Database) gooseTables(ctx context.Context) ([]string, error) {
	rows, err := d.conn.Query(ctx, `SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relname = 'goose_db_version' AND c.relkind = 'r' ORDER BY 1`)
	if err != nil {
		return nil, wrap("looking for other migration tools", err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return tables, wrap("looking for other migration tools", err)
}
