package auditlog

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A history is a table that has the records of a model instead of the log, a
// column for each of the model's.
type history struct {
	record.Note
	name    string // in the schema of the log
	columns []historyColumn
}

// A historyColumn is a column of a history table that has values of rows.
type historyColumn struct {
	name   string // in the history table
	column string // in the table
	typ    string
	// since is the transaction that added the column later than the table, or
	// altered it: that an older record has NULL in it tells nothing.
	since string
	gone  bool // the table does not have the column any more
}

func (h history) sql() string { return record.History(h.name) }

// key returns the columns of the primary key, nil if not all are recorded.
func (h history) key() []historyColumn {
	var found []historyColumn
	for _, name := range h.Key {
		i := slices.IndexFunc(h.columns, func(c historyColumn) bool { return c.column == name && !c.gone })
		if i < 0 {
			return nil
		}
		found = append(found, h.columns[i])
	}
	return found
}

func (h history) keyed() bool { return len(h.key()) > 0 }

// readHistories returns the history tables by name. A table stays one when its
// model is not audited any more.
func readHistories(ctx context.Context, tx pgx.Tx) ([]history, error) {
	rows, err := tx.Query(ctx, `SELECT c.relname, pg_catalog.obj_description(c.oid, 'pg_class')
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = $1
		WHERE c.relkind = 'r' AND pg_catalog.obj_description(c.oid, 'pg_class') LIKE '{%' ORDER BY c.relname COLLATE "C"`, record.Schema)
	if err != nil {
		return nil, err
	}
	var found []history
	var name, comment string
	_, err = pgx.ForEachRow(rows, []any{&name, &comment}, func() error {
		if n, ok := record.ParseNote(comment); ok && n.History != "" {
			found = append(found, history{Note: n, name: name})
		}
		return nil
	})
	for i := range found {
		if err == nil {
			err = found[i].readColumns(ctx, tx)
		}
	}
	return found, err
}

func (h *history) readColumns(ctx context.Context, tx pgx.Tx) error {
	slices.Sort(h.Key)
	names := map[string]string{}
	for column, name := range h.Columns {
		names[name] = column
	}
	rows, err := tx.Query(ctx, `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
			CASE WHEN a.xmin <> i.xmin THEN a.xmin::text ELSE '' END
		FROM pg_catalog.pg_attribute a
		JOIN pg_catalog.pg_attribute i ON i.attrelid = a.attrelid AND i.attname = $2
		WHERE a.attrelid = $1::text::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE "C"`,
		h.sql(), record.HistoryID)
	if err != nil {
		return err
	}
	var c historyColumn
	_, err = pgx.ForEachRow(rows, []any{&c.name, &c.typ, &c.since}, func() error {
		if slices.Contains(record.HistoryColumns(), c.name) {
			return nil
		}
		column, noted := names[c.name]
		c.column, c.gone = column, !noted
		if c.gone {
			c.column = c.name
		}
		h.columns = append(h.columns, c)
		return nil
	})
	return err
}
