package postgres

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A restored is a table as undoing a change of its rows has to know it.
type restored struct {
	oid          uint32
	schema, name string
	columns      []restoredColumn
	takers       []taker
}

func (t *restored) sql() string { return address.Qualify(t.schema, t.name) }

func (t *restored) column(name string) (restoredColumn, bool) {
	i := slices.IndexFunc(t.columns, func(c restoredColumn) bool { return c.name == name })
	if i < 0 {
		return restoredColumn{}, false
	}
	return t.columns[i], true
}

// recorded returns a column as its values are in a record. Those of types that have
// forms of their own in JSON are text in a history table.
func (t *restored) recorded(name string, record AuditRecord) (restoredColumn, bool) {
	c, ok := t.column(name)
	if record.History != "" {
		c.opaque, c.hstore = false, ""
	}
	return c, ok
}

// A restoredColumn is a column whose values come back from JSON.
type restoredColumn struct {
	name, typ string
	generated bool
	hstore    string // the schema of the type, for a column of this type
	opaque    bool   // the type has a form in JSON that it does not read
	json      bool   // its text depends on blanks, which the log does not keep
}

// declared returns the column as one of jsonb_to_record.
func (c restoredColumn) declared() string {
	if c.hstore != "" || c.json {
		return address.Quote(c.name) + " jsonb"
	}
	return address.Quote(c.name) + " " + c.typ
}

// value returns the value that a record of jsonb_to_record has.
func (c restoredColumn) value(record string) string {
	column := record + "." + address.Quote(c.name)
	switch {
	case c.hstore != "":
		return "CASE WHEN " + column + " IS NOT NULL THEN coalesce((SELECT " + address.Qualify(c.hstore, "hstore") +
			"(array_agg(h.key), array_agg(h.value)) FROM jsonb_each_text(" + column + ") AS h), ''::" + address.Qualify(c.hstore, "hstore") + ") END"
	case c.json:
		return column + "::json"
	}
	return column
}

// differs returns the condition that the table has something else than a record.
func (c restoredColumn) differs(table, record string) string {
	here := table + "." + address.Quote(c.name)
	if c.json {
		return here + "::jsonb::text IS DISTINCT FROM " + record + "." + address.Quote(c.name) + "::text"
	}
	return here + "::text IS DISTINCT FROM (" + c.value(record) + ")::text"
}

// A taker is a foreign key that takes rows along, or empties them, when what they
// refer to is deleted.
type taker struct {
	constraint   string
	oid          uint32
	schema, name string
	columns      []string
	targets      []string
}

// readRestored returns the table in which rows of a model are now.
func readRestored(ctx context.Context, tx pgx.Tx, tables []AuditTable, model, name string) (*restored, error) {
	t := &restored{}
	var schema any
	for _, audited := range tables {
		if audited.Model == model {
			schema, name = audited.Schema, audited.Name
			break
		}
	}
	rows, err := tx.Query(ctx, `SELECT c.oid, n.nspname, c.relname FROM pg_catalog.pg_class c
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relname = $1 AND c.relkind IN ('r', 'p') AND ($2::text IS NULL OR n.nspname = $2)
			AND n.nspname NOT IN ('audit', 'whimbrel', 'information_schema') AND n.nspname !~ '^pg_'`, name, schema)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (restored, error) {
		var r restored
		return r, row.Scan(&r.oid, &r.schema, &r.name)
	})
	if err != nil || len(found) != 1 {
		return nil, err
	}
	*t = found[0]
	if err := t.readColumns(ctx, tx); err != nil {
		return nil, err
	}
	return t, t.readTakers(ctx, tx)
}

func (t *restored) readColumns(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attgenerated <> '',
			CASE WHEN b.typname = 'hstore' THEN n.nspname ELSE '' END,
			b.typname <> 'hstore' AND b.oid >= 16384 AND EXISTS (SELECT FROM pg_catalog.pg_cast c
				WHERE c.castsource = b.oid AND c.casttarget = 'json'::pg_catalog.regtype AND c.castmethod = 'f'),
			b.oid = 'json'::pg_catalog.regtype
		FROM pg_catalog.pg_attribute a
		JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
		JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.oid END
		JOIN pg_catalog.pg_namespace n ON n.oid = b.typnamespace
		WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE "C"`, t.oid)
	if err != nil {
		return err
	}
	t.columns, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (restoredColumn, error) {
		var c restoredColumn
		return c, row.Scan(&c.name, &c.typ, &c.generated, &c.hstore, &c.opaque, &c.json)
	})
	return err
}

func (t *restored) readTakers(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `SELECT f.conname, c.oid, n.nspname, c.relname,
			ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(f.conkey) WITH ORDINALITY AS k(num, place)
				JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num ORDER BY k.place),
			ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(f.confkey) WITH ORDINALITY AS k(num, place)
				JOIN pg_catalog.pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num ORDER BY k.place)
		FROM pg_catalog.pg_constraint f
		JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE f.confrelid = $1 AND f.contype = 'f' AND f.conparentid = 0 AND f.confdeltype IN ('c', 'n', 'd')
		ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", f.conname COLLATE "C"`, t.oid)
	if err != nil {
		return err
	}
	t.takers, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (taker, error) {
		var k taker
		return k, row.Scan(&k.constraint, &k.oid, &k.schema, &k.name, &k.columns, &k.targets)
	})
	return err
}

// elements returns a FROM list of the changes in a parameter: e(v, n), and for
// each part of them the record with some columns.
func elements(param string, parts map[string][]restoredColumn, order ...string) string {
	text := "jsonb_array_elements(" + param + ") WITH ORDINALITY AS e(v, n)"
	for _, part := range order {
		var list []string
		for _, c := range parts[part] {
			list = append(list, c.declared())
		}
		if len(list) > 0 {
			text += fmt.Sprintf("\n    CROSS JOIN jsonb_to_record(e.v -> '%s') AS %s(%s)", part, part, strings.Join(list, ", "))
		}
	}
	return text
}
