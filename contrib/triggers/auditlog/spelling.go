package auditlog

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// tableOf returns the table of a model by the names that it had, nil if it is not
// audited now.
func tableOf(ctx context.Context, tx pgx.Tx, names []Name) (*Table, error) {
	tables, err := readTables(ctx, tx)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	i := slices.IndexFunc(tables, func(t Table) bool { return t.Model != "" && t.Model == names[len(names)-1].Name })
	if i < 0 {
		return nil, nil
	}
	return &tables[i], nil
}

func keyOf(t *Table) []string {
	if t == nil {
		return nil
	}
	return t.Key
}

// spelled adds the forms that keys have in records to those that a person wrote: a
// value can be written in many ways, and is recorded in one. Before the triggers saw
// to that it was the writer's.
func (l *Log) spelled(ctx context.Context, names []Name, keys []Key) ([]Key, error) {
	err := l.read(ctx, func(tx pgx.Tx) error {
		t, err := tableOf(ctx, tx, names)
		if err != nil || t == nil || len(t.Key) == 0 {
			return err
		}
		types, err := t.keyTypes(ctx, tx)
		if err != nil || len(types) != len(t.Key) {
			return err
		}
		for _, key := range slices.Clone(keys) {
			more, err := t.spellings(ctx, tx, types, names, key)
			if err != nil {
				return err
			}
			keys = append(keys, more...)
		}
		return nil
	})
	var seen []string
	keys = slices.DeleteFunc(keys, func(k Key) bool {
		again := slices.Contains(seen, string(k))
		seen = append(seen, string(k))
		return again
	})
	return keys, problemOf("reading the audit log", err)
}

// keyTypes returns the types of the primary key's columns, in full.
func (t *Table) keyTypes(ctx context.Context, tx pgx.Tx) ([]string, error) {
	rows, err := tx.Query(ctx, `SELECT pg_catalog.format_type(a.atttypid, a.atttypmod)
		FROM pg_catalog.unnest($2::text[]) WITH ORDINALITY AS k(name, place)
		JOIN pg_catalog.pg_attribute a ON a.attrelid = $1::text::pg_catalog.regclass AND a.attname = k.name AND NOT a.attisdropped
		ORDER BY k.place`, address.Qualify(t.Schema, t.Name), t.Key)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// spellings returns the forms of a key in records. What is no value of the types, is in
// none.
func (t *Table) spellings(ctx context.Context, tx pgx.Tx, types []string, names []Name, key Key) ([]Key, error) {
	fields := FieldsOf(key)
	var c conditions
	var parts, same []string
	bySettings := false
	for i, name := range t.Key {
		text, ok := plainText(fields[name])
		if !ok {
			return nil, nil
		}
		value := c.arg(text) + "::text::" + types[i]
		parts = append(parts, address.Literal(name)+", "+value)
		same = append(same, "(l."+record.Row+" ->> "+address.Literal(name)+")::"+types[i]+" = "+value)
		bySettings = bySettings || slices.ContainsFunc(printed, func(p string) bool { return strings.HasPrefix(types[i], p) })
	}
	found, err := readKeys(ctx, tx, "SELECT pg_catalog.jsonb_build_object("+strings.Join(parts, ", ")+")::text", c.args)
	if err != nil || !bySettings {
		return found, err
	}
	Query{Models: names}.models(&c)
	c.add(strings.Join(same, " AND "))
	older, err := readKeys(ctx, tx, "SELECT DISTINCT l."+record.Row+"::text FROM "+record.Log+" AS l"+c.where()+" LIMIT 100", c.args)
	return append(found, older...), err
}

// printed are the types whose values were recorded as the settings of the writer had
// them printed.
var printed = []string{
	"timestamp with time zone", "bytea", "real", "double precision", "interval", "money", "tstzrange", "tsrange", "daterange",
}

// readKeys returns the keys of a query. An error of the server, as for a value that its
// type does not have, is none.
func readKeys(ctx context.Context, tx pgx.Tx, sql string, args []any) ([]Key, error) {
	var found []Key
	err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, sql, args...)
		if err != nil {
			return err
		}
		texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
		for _, text := range texts {
			found = append(found, Key(text))
		}
		return err
	})
	if isServer(err) {
		return nil, nil
	}
	return found, err
}

// plainText returns the text of a value that a person can write.
func plainText(value json.RawMessage) (string, bool) {
	var text string
	if json.Unmarshal(value, &text) == nil && len(value) > 0 && value[0] == '"' {
		return text, true
	}
	return string(value), len(value) > 0 && value[0] != '{' && value[0] != '['
}
