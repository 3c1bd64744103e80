package auditlog

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// A target is a table as undoing a change of its rows has to know it.
type target struct {
	oid          uint32
	schema, name string
	columns      []targetColumn
	referrers    []referrer
	triggered    bool // there are triggers that are no audits, or rules
}

func (t *target) sql() string { return address.Qualify(t.schema, t.name) }

func (t *target) column(name string) (targetColumn, bool) {
	i := slices.IndexFunc(t.columns, func(c targetColumn) bool { return c.name == name })
	if i < 0 {
		return targetColumn{}, false
	}
	return t.columns[i], true
}

// recorded returns a column as its values are in a record. Those of types that have
// forms of their own in JSON are text in a history table.
func (t *target) recorded(name string, r Record) (targetColumn, bool) {
	c, ok := t.column(name)
	if r.History != "" {
		c.opaque, c.hstore = false, ""
	}
	return c, ok
}

// A targetColumn is a column whose values come back from JSON.
type targetColumn struct {
	name, typ string
	equals    string // the operator of its type's order, in full if it is an extension's
	generated bool
	hstore    string // the schema of the type, for a column of this type
	opaque    bool   // the type has a form in JSON that it does not read
	json      bool   // its text depends on blanks, which the log does not keep
	array     bool
	// normal is the function that gives a json as jsonb, whatever is in it; empty where
	// the log is from before it.
	normal string
}

// given returns a recorded value as the statements get it: jsonb does not have all that
// json has, so they get its text.
func (c targetColumn) given(value json.RawMessage) json.RawMessage {
	if !c.json || string(value) == "null" {
		return value
	}
	text, wrapped := textOf(value)
	if !wrapped {
		text = string(value)
	}
	encoded, _ := json.Marshal(text) // a string always has a form
	return encoded
}

// declared returns the column as one of jsonb_to_record.
func (c targetColumn) declared() string {
	switch {
	case c.json:
		return address.Quote(c.name) + " pg_catalog.text"
	case c.hstore != "", c.array:
		return address.Quote(c.name) + " pg_catalog.jsonb"
	}
	return address.Quote(c.name) + " " + c.typ
}

// value returns the value that a record of jsonb_to_record has.
func (c targetColumn) value(row string) string {
	column := row + "." + address.Quote(c.name)
	switch {
	case c.hstore != "":
		hstore := address.Qualify(c.hstore, "hstore")
		return "CASE WHEN " + column + " IS NOT NULL THEN coalesce((SELECT " + hstore +
			"(pg_catalog.array_agg(h.key), pg_catalog.array_agg(h.value)) FROM pg_catalog.jsonb_each_text(" + column + ") AS h), ''::" + hstore + ") END"
	case c.json:
		return column + "::pg_catalog.json"
	case c.array:
		return "CASE pg_catalog.jsonb_typeof(" + column + ") WHEN 'object' THEN (" + column + " ->> '" + record.Text + "')::" + c.typ +
			" WHEN 'string' THEN (" + column + " #>> '{}')::" + c.typ +
			" ELSE (SELECT a.v FROM pg_catalog.jsonb_to_record(pg_catalog.jsonb_build_object('v', " + column + ")) AS a(v " + c.typ + ")) END"
	}
	return column
}

// differs returns the condition that the table has something else than a record.
func (c targetColumn) differs(table, row string) string {
	here, there := table+"."+address.Quote(c.name), "("+c.value(row)+")"
	switch {
	case c.json && c.normal != "":
		return c.normal + "(" + here + ")::pg_catalog.text IS DISTINCT FROM " + c.normal + there + "::pg_catalog.text"
	case c.json:
		return here + "::pg_catalog.jsonb::pg_catalog.text IS DISTINCT FROM " + there + "::pg_catalog.jsonb::pg_catalog.text"
	}
	return here + "::pg_catalog.text IS DISTINCT FROM " + there + "::pg_catalog.text"
}

// A referrer is a foreign key that takes rows along, or empties them, when what they
// refer to is deleted.
type referrer struct {
	constraint   string
	oid          uint32
	schema, name string
	columns      []string
	targets      []string // what the columns refer to
	equals       []string // the operators that compare a target with its column
}

// readTarget returns the table in which rows of a model are now; nil if there is no
// one table.
func readTarget(ctx context.Context, tx pgx.Tx, tables []Table, model, name string) (*target, error) {
	var schema any
	for _, audited := range tables {
		if audited.Model == model {
			schema, name = audited.Schema, audited.Name
			break
		}
	}
	rows, err := tx.Query(ctx, `SELECT c.oid, n.nspname, c.relname, c.relhasrules OR EXISTS (SELECT FROM pg_catalog.pg_trigger g
				JOIN pg_catalog.pg_proc f ON f.oid = g.tgfoid AND f.pronamespace IS DISTINCT FROM pg_catalog.to_regnamespace($3::text)
				WHERE g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgenabled <> 'D')
		FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relname = $1 AND c.relkind IN ('r', 'p') AND ($2::text IS NULL OR n.nspname = $2)
			AND n.nspname NOT IN ($3::text, 'whimbrel', 'information_schema') AND n.nspname !~ '^pg_'`, name, schema, record.Schema)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (*target, error) {
		var t target
		return &t, row.Scan(&t.oid, &t.schema, &t.name, &t.triggered)
	})
	if err != nil || len(found) != 1 {
		return nil, err
	}
	t := found[0]
	if err := t.readColumns(ctx, tx); err != nil {
		return nil, err
	}
	return t, t.readReferrers(ctx, tx)
}

// readColumns reads the columns. Their types are written in full, as nothing but the
// catalog is on the search path.
func (t *target) readColumns(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.attgenerated <> '',
			CASE WHEN b.typname = 'hstore' THEN n.nspname ELSE '' END,
			b.typname <> 'hstore' AND b.oid >= 16384 AND EXISTS (SELECT FROM pg_catalog.pg_cast c
				WHERE c.castsource = b.oid AND c.casttarget = 'json'::pg_catalog.regtype AND c.castmethod = 'f'),
			b.oid = 'json'::pg_catalog.regtype, b.typelem <> 0 AND b.typlen = -1 AND b.typcategory = 'A',
			CASE WHEN pg_catalog.to_regprocedure('`+record.Schema+`.as_jsonb(anyelement)') IS NOT NULL THEN '`+record.Schema+`.as_jsonb' ELSE '' END,
			coalesce((SELECT pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname)
				FROM pg_catalog.pg_opclass k
				JOIN pg_catalog.pg_am m ON m.oid = k.opcmethod AND m.amname = 'btree'
				JOIN pg_catalog.pg_amop p ON p.amopfamily = k.opcfamily AND p.amoplefttype = b.oid AND p.amoprighttype = b.oid AND p.amopstrategy = 3
				JOIN pg_catalog.pg_operator o ON o.oid = p.amopopr
				JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace AND s.nspname <> 'pg_catalog'
				WHERE k.opcintype = b.oid AND k.opcdefault), '=')
		FROM pg_catalog.pg_attribute a
		JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
		JOIN pg_catalog.pg_type b ON b.oid = CASE WHEN y.typtype = 'd' THEN y.typbasetype ELSE y.oid END
		JOIN pg_catalog.pg_namespace n ON n.oid = b.typnamespace
		WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname COLLATE "C"`, t.oid)
	if err != nil {
		return err
	}
	t.columns, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (targetColumn, error) {
		var c targetColumn
		return c, row.Scan(&c.name, &c.typ, &c.generated, &c.hstore, &c.opaque, &c.json, &c.array, &c.normal, &c.equals)
	})
	return err
}

func (t *target) readReferrers(ctx context.Context, tx pgx.Tx) error {
	rows, err := tx.Query(ctx, `SELECT f.conname, c.oid, n.nspname, c.relname,
			ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(f.conkey) WITH ORDINALITY AS k(num, place)
				JOIN pg_catalog.pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num ORDER BY k.place),
			ARRAY(SELECT a.attname::text FROM pg_catalog.unnest(f.confkey) WITH ORDINALITY AS k(num, place)
				JOIN pg_catalog.pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num ORDER BY k.place),
			ARRAY(SELECT pg_catalog.format('OPERATOR(%I.%s)', s.nspname, o.oprname) FROM pg_catalog.unnest(f.conpfeqop) WITH ORDINALITY AS k(oid, place)
				JOIN pg_catalog.pg_operator o ON o.oid = k.oid JOIN pg_catalog.pg_namespace s ON s.oid = o.oprnamespace ORDER BY k.place)
		FROM pg_catalog.pg_constraint f
		JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
		JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE f.confrelid = $1 AND f.contype = 'f' AND f.conparentid = 0 AND f.confdeltype IN ('c', 'n', 'd')
		ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", f.conname COLLATE "C"`, t.oid)
	if err != nil {
		return err
	}
	t.referrers, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (referrer, error) {
		var r referrer
		return r, row.Scan(&r.constraint, &r.oid, &r.schema, &r.name, &r.columns, &r.targets, &r.equals)
	})
	return err
}
