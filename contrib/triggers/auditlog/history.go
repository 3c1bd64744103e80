package auditlog

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A history is a table that has the records of a model instead of the log, a
// column for each of the model's.
type history struct {
	record.Note
	name    string // in the schema of the log
	columns []historyColumn
	later   bool // see shape
	past    past
}

// A historyColumn is a column of a history table that has values of rows.
type historyColumn struct {
	name   string // in the history table
	column string // in the table
	typ    string
	// since is the last record from before the column: that an older one has NULL in it
	// tells nothing. Where the table does not say it, altered is the transaction that
	// added the column later than the table, or altered it.
	since   *int64
	altered string
	gone    bool // the table does not have the column any more
}

func (h history) shape() shape { return shape{number: record.HistoryID, later: h.later} }

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
func readHistories(ctx context.Context, tx pgx.Tx, all []renaming) ([]history, error) {
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
			found = append(found, history{Note: n, name: name, past: pastOf(all, []Name{{Name: n.Model}})})
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
			CASE WHEN a.xmin <> i.xmin THEN a.xmin::text ELSE '' END, coalesce(pg_catalog.col_description(a.attrelid, a.attnum), '')
		FROM pg_catalog.pg_attribute a
		JOIN pg_catalog.pg_attribute i ON i.attrelid = a.attrelid AND i.attname = $2
		WHERE a.attrelid = $1::text::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE "C"`,
		h.sql(), record.HistoryID)
	if err != nil {
		return err
	}
	var c historyColumn
	var said string
	_, err = pgx.ForEachRow(rows, []any{&c.name, &c.typ, &c.altered, &said}, func() error {
		switch {
		case slices.Contains(record.FormerHistoryColumns(), c.name):
			return nil
		case said == record.Own:
			h.later = h.later || c.name == record.Place
			return nil
		}
		h.add(c, names, said)
		return nil
	})
	return err
}

// add adds a column that values of rows are in.
func (h *history) add(c historyColumn, names map[string]string, said string) {
	column, noted := names[c.name]
	c.column, c.gone = column, !noted
	if c.gone {
		c.column = c.name
	}
	if text, ok := strings.CutPrefix(said, record.Since); ok {
		if number, err := strconv.ParseInt(text, 10, 64); err == nil {
			c.since = &number
		}
	}
	h.columns = append(h.columns, c)
}
