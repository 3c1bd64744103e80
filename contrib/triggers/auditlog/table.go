package auditlog

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A Table is a table whose changes are recorded now.
type Table struct {
	Schema, Name string
	Model        string   // as its records name it; empty if nothing says it
	History      string   // the table that has the records instead of the log, as SQL
	Setting      string   // what its records have as their context
	Key          []string // the columns of its primary key, by name
}

// Tables returns the tables whose changes are recorded now, by schema and name.
func (l *Log) Tables(ctx context.Context) ([]Table, error) {
	var tables []Table
	err := l.read(ctx, func(tx pgx.Tx) error {
		var err error
		tables, err = readTables(ctx, tx)
		return err
	})
	return tables, problemOf("reading which tables are audited", err)
}

// readTables returns the tables with an audit trigger.
func readTables(ctx context.Context, tx pgx.Tx) ([]Table, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT n.nspname, c.relname, coalesce(pg_catalog.obj_description(p.oid, 'pg_proc'), '')
		FROM pg_catalog.pg_trigger t
		JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
		JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace AND f.nspname = $1
		JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname <> $1
		WHERE NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY 1, 2`, record.Schema)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Table, error) {
		var t Table
		var comment string
		err := row.Scan(&t.Schema, &t.Name, &comment)
		n, _ := record.ParseNote(comment)
		t.Model, t.Setting, t.Key = n.Model, n.Context, n.Key
		if n.History != "" {
			t.History = record.History(n.History)
		}
		return t, err
	})
}
