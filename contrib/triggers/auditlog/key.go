package auditlog

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Key is a primary key as an object of its columns.
type Key = json.RawMessage

// Keys returns the primary keys of a model that a person can mean with 42, id=42 or
// order=3,line=2: numbers and text look the same there. A JSON object is taken as
// it is. The names are those that the model had. What cannot be one is a
// diag.Diagnostic.
func (l *Log) Keys(ctx context.Context, names []Name, text string) ([]Key, error) {
	columns, err := l.keyColumns(ctx, names)
	if err != nil {
		return nil, err
	}
	keys, err := parseKeys(text, columns)
	if err != nil {
		return nil, err
	}
	return l.spelled(ctx, names, keys)
}

// keyColumns returns the names of the columns of a model's primary key, sorted: those
// of its table if it is audited, else of the last of its names that has a row in the
// log with one, else that of its history table.
func (l *Log) keyColumns(ctx context.Context, names []Name) ([]string, error) {
	var columns []string
	err := l.read(ctx, func(tx pgx.Tx) error {
		t, err := tableOf(ctx, tx, names)
		if err != nil || t != nil && len(t.Key) > 0 {
			columns = slices.Sorted(slices.Values(keyOf(t)))
			return err
		}
		q := Query{Models: names, Limit: 1}
		var c conditions
		q.models(&c)
		c.add("l." + record.Row + " IS NOT NULL")
		rows, err := tx.Query(ctx, "SELECT k.name FROM (SELECT l."+record.Row+" FROM "+record.Log+" AS l"+c.where()+q.order(shape{number: record.ID})+`) AS l,
			pg_catalog.jsonb_object_keys(l.`+record.Row+`) AS k(name) ORDER BY k.name COLLATE "C"`, c.args...)
		if err != nil {
			return err
		}
		columns, err = pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil || len(columns) > 0 {
			return err
		}
		histories, err := readHistories(ctx, tx, nil)
		for _, h := range histories {
			if _, of := q.named(h); of && h.keyed() {
				columns = h.Key
			}
		}
		return err
	})
	return columns, problemOf("reading the audit log", err)
}

func parseKeys(text string, columns []string) ([]Key, error) {
	var object Fields
	if json.Unmarshal([]byte(text), &object) == nil && len(object) > 0 {
		return []Key{Key(text)}, nil
	}
	given, ok := keyValues(text, columns)
	if !ok {
		return nil, wrongKey(text, columns)
	}
	var keys []Key
	for _, key := range spellings(given, columns) {
		encoded, err := state.Encode(key)
		if err != nil {
			return nil, err
		}
		keys = append(keys, encoded)
	}
	return keys, nil
}

// FormatKey returns a primary key as a person writes it.
func FormatKey(key Key) string {
	var object Fields
	if json.Unmarshal(key, &object) != nil {
		return string(key)
	}
	var parts []string
	for _, name := range columnsOf(key) {
		value := string(object[name])
		var text string
		if json.Unmarshal(object[name], &text) == nil {
			value = text
		}
		parts = append(parts, name+"="+value)
	}
	return strings.Join(parts, ",")
}

// columnsOf returns the names in a primary key, sorted.
func columnsOf(key Key) []string { return slices.Sorted(maps.Keys(FieldsOf(key))) }

// keyValues reads a key as a person writes it. A comma is part of a value unless
// a column and an equals sign follow.
func keyValues(text string, columns []string) (map[string]string, bool) {
	values := map[string]string{}
	if len(columns) == 1 {
		value, named := strings.CutPrefix(text, columns[0]+"=")
		if !named {
			value = text
		}
		values[columns[0]] = value
		return values, true
	}
	last := ""
	for _, piece := range strings.Split(text, ",") {
		i := slices.IndexFunc(columns, func(c string) bool { return strings.HasPrefix(strings.TrimLeft(piece, " "), c+"=") })
		switch {
		case i >= 0:
			last = columns[i]
			values[last] = strings.TrimPrefix(strings.TrimLeft(piece, " "), last+"=")
		case last == "":
			return nil, false
		default:
			values[last] += "," + piece
		}
	}
	return values, len(columns) > 0 && len(values) == len(columns)
}

// spellings returns the objects that values can stand for.
func spellings(values map[string]string, columns []string) []map[string]any {
	list := []map[string]any{{}}
	for _, c := range columns {
		forms := []any{values[c]}
		var plain any
		decoder := json.NewDecoder(strings.NewReader(values[c]))
		decoder.UseNumber()
		if decoder.Decode(&plain) == nil && !decoder.More() {
			switch plain.(type) {
			case json.Number, bool:
				forms = append(forms, plain)
			}
		}
		var longer []map[string]any
		for _, begun := range list {
			for _, form := range forms {
				next := maps.Clone(begun)
				next[c] = form
				longer = append(longer, next)
			}
		}
		list = longer
	}
	return list
}

func wrongKey(text string, columns []string) error {
	d := problem("WH0151", "this is no primary key of the model: "+text, "The log has no row of the model that has a primary key.",
		"see what is there: whimbrel audit log")
	if len(columns) > 0 {
		d.Detail = "Its primary key has " + strings.Join(columns, ", ") + "."
		d.Next = "write " + strings.Join(columns, "=...,") + "=..."
	}
	return d
}
