package postgres

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"
)

// reaching is a query for the tables that can only be emptied together, those of $2
// among them, as they stand in TRUNCATE. The server refuses if another one is needed:
// its rows are to stay.
const reaching = `WITH RECURSIVE reached (oid) AS (
	SELECT pg_catalog.to_regclass(name)::oid FROM unnest($1::text[]) AS name
	UNION
	SELECT next.oid FROM reached JOIN LATERAL (
		SELECT conrelid FROM pg_catalog.pg_constraint WHERE confrelid = reached.oid AND contype = 'f'
		UNION ALL SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = reached.oid
	) AS next (oid) ON true
)
SELECT CASE relkind WHEN 'p' THEN '' ELSE 'ONLY ' END || format('%I.%I', nspname, relname)
FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = relnamespace
WHERE c.oid IN (SELECT oid FROM reached) AND c.oid IN (SELECT pg_catalog.to_regclass(name) FROM unnest($2::text[]) AS name)
ORDER BY 1`

// empty throws away the rows that are in the way of a script on its way back. It is
// done at the beginning of the first transaction.
func (r *run) empty(ctx context.Context) error {
	emptied := r.script.Emptied
	if r.direction != Down || len(emptied.Tables) == 0 || r.emptied {
		return nil
	}
	if err := r.open(ctx); err != nil {
		return err
	}
	rows, err := r.conn().Query(ctx, reaching, emptied.Tables, emptied.With)
	if err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	filled, err := r.filled(ctx, tables)
	if err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	if !filled {
		return nil // a trigger would tell of rows that never were
	}
	if err := r.exec(ctx, "TRUNCATE "+strings.Join(tables, ", ")); err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	for _, table := range tables {
		r.observer.Notice("WARNING", strings.TrimPrefix(table, "ONLY ")+" is emptied: its rows are in the way, and it is dropped later on")
	}
	return nil
}

// filled reports whether one of several tables has rows.
func (r *run) filled(ctx context.Context, tables []string) (bool, error) {
	for _, table := range tables {
		var found bool
		if err := r.conn().QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+table+")").Scan(&found); err != nil || found {
			return found, err
		}
	}
	return false, nil
}
