package postgres

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
)

// An AuditTable is a table whose changes are recorded now.
type AuditTable struct {
	Schema, Name string
	Model        string // as its records name it; empty if nothing says it
	History      string // the table that has the records instead of the log, as SQL
	Setting      string // what its records have as their context
}

// An auditNote is the comment that the functions of audit triggers have, and the
// history tables.
type auditNote struct {
	Model   string            `json:"model"`
	Schema  string            `json:"schema"`
	Table   string            `json:"table"`
	History string            `json:"history"`
	Key     []string          `json:"key"`     // columns of the table
	Columns map[string]string `json:"columns"` // of the table, with their names in the records
	Context string            `json:"context"` // the setting
}

// readNote reads a comment; what somebody else wrote is no note.
func readNote(comment string) (auditNote, bool) {
	var n auditNote
	err := json.Unmarshal([]byte(comment), &n)
	return n, err == nil && n.Model != ""
}

// auditTables returns the tables with an audit trigger.
func auditTables(ctx context.Context, tx pgx.Tx) ([]AuditTable, error) {
	rows, err := tx.Query(ctx, `SELECT DISTINCT n.nspname, c.relname, coalesce(pg_catalog.obj_description(p.oid, 'pg_proc'), '')
		FROM pg_catalog.pg_trigger t
		JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
		JOIN pg_catalog.pg_namespace f ON f.oid = p.pronamespace AND f.nspname = 'audit'
		JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname <> 'audit'
		WHERE NOT t.tgisinternal AND t.tgparentid = 0 ORDER BY 1, 2`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (AuditTable, error) {
		var t AuditTable
		var comment string
		err := row.Scan(&t.Schema, &t.Name, &comment)
		n, _ := readNote(comment)
		t.Model, t.Setting = n.Model, n.Context
		if n.History != "" {
			t.History = address.Qualify("audit", n.History)
		}
		return t, err
	})
}

// A history is a table that has the records of a model instead of the log, a
// column for each of the model's.
type history struct {
	auditNote
	name    string // in the schema audit
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

func (h history) sql() string { return address.Qualify("audit", h.name) }

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
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'audit'
		WHERE c.relkind = 'r' AND pg_catalog.obj_description(c.oid, 'pg_class') LIKE '{%' ORDER BY c.relname COLLATE "C"`)
	if err != nil {
		return nil, err
	}
	var found []history
	var name, comment string
	_, err = pgx.ForEachRow(rows, []any{&name, &comment}, func() error {
		if n, ok := readNote(comment); ok && n.History != "" {
			found = append(found, history{auditNote: n, name: name})
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
		JOIN pg_catalog.pg_attribute i ON i.attrelid = a.attrelid AND i.attname = 'history_id'
		WHERE a.attrelid = $1::text::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE "C"`, h.sql())
	if err != nil {
		return err
	}
	var c historyColumn
	_, err = pgx.ForEachRow(rows, []any{&c.name, &c.typ, &c.since}, func() error {
		if strings.Contains(" history_id at xid operation db_user context old_row_id ", " "+c.name+" ") {
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
