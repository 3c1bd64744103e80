package triggers_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// A replay is what the records make of empty tables: rows by table and key.
type replay struct {
	rows  map[string]map[string]auditlog.Fields
	lives map[string][]auditlog.Record // what was done to each row, for who looks for a fault
	xids  map[string]bool
}

// replayed applies all records in their order, and returns a fault if one does not
// fit what those before it have left.
func replayed(d *database, log *auditlog.Log) (*replay, string) {
	d.t.Helper()
	p := &replay{rows: map[string]map[string]auditlog.Fields{}, lives: map[string][]auditlog.Record{}, xids: map[string]bool{}}
	for r, err := range log.Records(d.t.Context(), auditlog.Query{Oldest: true, Present: true}) {
		require.NoError(d.t, err)
		p.xids[r.Transaction] = true
		if fault := p.apply(r); fault != "" {
			return p, fault + "\n" + p.life(r)
		}
	}
	return p, ""
}

// life returns what was done to the row of a record.
func (p *replay) life(r auditlog.Record) string {
	var list []string
	for _, r := range p.lives[r.Table+keyOf(r.Row, nil)] {
		list = append(list, fmt.Sprintf("%d place %d of %s: %s %s %s -> %s", r.ID, r.Place, r.Transaction, r.Operation, r.Row, r.Old, r.New))
	}
	return lines(list...)
}

// keyOf returns a primary key with the values that differ before a change.
func keyOf(row, old json.RawMessage) string {
	key := auditlog.FieldsOf(row)
	for name, value := range auditlog.FieldsOf(old) {
		if _, part := key[name]; part {
			key[name] = value
		}
	}
	encoded, _ := json.Marshal(key)
	return string(encoded)
}

func (p *replay) apply(r auditlog.Record) string {
	rows := p.rows[r.Table]
	if rows == nil {
		rows = map[string]auditlog.Fields{}
		p.rows[r.Table] = rows
	}
	key := keyOf(r.Row, nil)
	before := key
	if r.Operation == record.Update {
		before = keyOf(r.Row, r.Old)
	}
	p.lives[r.Table+before] = append(p.lives[r.Table+before], r)
	if before != key {
		p.lives[r.Table+key] = append(p.lives[r.Table+key], r)
	}
	was, there := rows[before]
	if there != (r.Operation != record.Insert) {
		return fmt.Sprintf("%s of %s %s: the row is there: %v", r.Operation, r.Table, before, there)
	}
	delete(rows, before)
	after, fault := changed(was, r)
	if fault != "" || after == nil {
		return fault
	}
	if _, taken := rows[key]; taken {
		return fmt.Sprintf("%s of %s %s: another row has the key", r.Operation, r.Table, key)
	}
	rows[key] = after
	return ""
}

// changed returns a row behind a record, nil for none, or a fault if it was another
// one before.
func changed(was auditlog.Fields, r auditlog.Record) (auditlog.Fields, string) {
	old, now := auditlog.FieldsOf(r.Old), auditlog.FieldsOf(r.New)
	for name, value := range old {
		if has, known := was[name]; known && string(has) != string(value) || !known && string(value) != "null" {
			return nil, fmt.Sprintf("%s of %s %s: %s was %s, recorded is %s", r.Operation, r.Table, r.Row, name, has, value)
		}
	}
	if now == nil {
		return nil, ""
	}
	row := auditlog.Fields{}
	maps.Copy(row, was)
	for name, value := range now {
		_, differs := old[name]
		has, known := was[name]
		switch {
		case r.Operation == record.Insert:
		case differs && string(old[name]) == string(value):
			return nil, fmt.Sprintf("update of %s %s: %s does not change", r.Table, r.Row, name)
		case !differs && known && string(has) != string(value), !differs && !known && string(value) != "null":
			return nil, fmt.Sprintf("update of %s %s: %s was %s, is %s, and is not said to change", r.Table, r.Row, name, has, value)
		}
		row[name] = value
	}
	return row, ""
}

// copied puts the rows into tables, and returns their contents.
func (p *replay) copied(d *database) string {
	d.t.Helper()
	d.run("BEGIN", "CREATE SCHEMA copy")
	defer d.run("ROLLBACK")
	for _, table := range auditedTables {
		d.run("CREATE TABLE copy." + table + " (LIKE public." + table + ")")
		for _, key := range slices.Sorted(maps.Keys(p.rows[table])) {
			d.run("INSERT INTO copy." + table + " SELECT * FROM json_populate_record(NULL::copy." + table + ", " + address.Literal(asJSON(p.rows[table][key])) + ")")
		}
	}
	return d.contents("copy")
}

// asJSON returns a row with its texts in the place of what stands for them.
func asJSON(row auditlog.Fields) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(row)) {
		value := string(row[name])
		if text, wrapped := auditlog.FieldsOf(row[name])[record.Text]; wrapped {
			value = string(text)
			if name == "doc" {
				var inner string
				_ = json.Unmarshal(text, &inner)
				value = inner
			}
		}
		encoded, _ := json.Marshal(name)
		list = append(list, string(encoded)+": "+value)
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// contents returns the rows of all tables of a schema.
func (d *database) contents(schema string) string {
	d.t.Helper()
	var list []string
	for _, table := range auditedTables {
		list = append(list, "(SELECT string_agg('"+table+" ' || t::text, E'\\n' ORDER BY t::text) FROM "+schema+"."+table+" t)")
	}
	return d.one("SELECT concat_ws(E'\\n', " + strings.Join(list, ", ") + ")")
}
