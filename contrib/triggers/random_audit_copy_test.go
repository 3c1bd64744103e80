package triggers_test

import (
	"bytes"
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

// replayed applies the records of each table in their order, and returns a fault if one
// does not fit what those before it have left.
func replayed(d *database, log *auditlog.Log) (*replay, string) {
	d.t.Helper()
	p := &replay{rows: map[string]map[string]auditlog.Fields{}, lives: map[string][]auditlog.Record{}, xids: map[string]bool{}}
	for _, table := range auditedTables {
		query := auditlog.Query{Models: []auditlog.Name{{Name: "shop." + table}}, Oldest: true, Present: true}
		for r, err := range log.Records(d.t.Context(), query) {
			require.NoError(d.t, err)
			p.xids[r.Transaction] = true
			r.Row, r.Old, r.New = compact(r.Row), compact(r.Old), compact(r.New)
			if fault := p.apply(r); fault != "" {
				return p, fault + "\n" + p.life(r)
			}
		}
	}
	return p, ""
}

// compact returns JSON without blanks.
func compact(text json.RawMessage) json.RawMessage {
	if text == nil {
		return nil
	}
	var b bytes.Buffer
	if json.Compact(&b, text) != nil {
		return text
	}
	return b.Bytes()
}

// life returns what was done last to the row of a record.
func (p *replay) life(r auditlog.Record) string { return p.lived(r.Table + keyOf(r.Row, nil)) }

// differing returns what was done last to the rows that are not the same in two contents.
func (p *replay) differing(one, other string) string {
	var list []string
	for _, pair := range [][2]string{{one, other}, {other, one}} {
		for _, line := range strings.Split(pair[0], "\n") {
			table, id, _ := strings.Cut(strings.SplitN(line, ",", 2)[0], " (")
			for _, key := range slices.Sorted(maps.Keys(p.lives)) {
				if !strings.Contains(pair[1]+"\n", line+"\n") && strings.HasPrefix(key, table+"{") && strings.Contains(key, `"id":`+id) {
					list = append(list, line, p.lived(key))
				}
			}
		}
	}
	return lines(list...)
}

func (p *replay) lived(key string) string {
	var list []string
	for _, r := range p.lives[key][max(0, len(p.lives[key])-8):] {
		list = append(list, fmt.Sprintf("%d place %d at %s of %s: %s %s %s -> %s", r.ID, r.Place, r.At.Format("05.000000"), r.Transaction, r.Operation, r.Row, r.Old, r.New))
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
			row := maps.Clone(p.rows[table][key])
			doc := docOf(row)
			delete(row, "doc")
			d.run("INSERT INTO copy." + table + " SELECT * FROM json_populate_record(NULL::copy." + table + ", " + address.Literal(asJSON(row)) + ")")
			if doc != "" { // which no function reads that reads JSON
				d.run("UPDATE copy." + table + " SET doc = " + address.Literal(doc) + " WHERE id = " + string(row["id"]))
			}
		}
	}
	return d.contents("copy")
}

// docOf returns the text of a json, empty for none.
func docOf(row auditlog.Fields) string {
	doc := string(row["doc"])
	if text, wrapped := auditlog.FieldsOf(row["doc"])[record.Text]; wrapped {
		_ = json.Unmarshal(text, &doc)
	}
	if doc == "null" {
		return ""
	}
	return doc
}

// asJSON returns a row with its texts in the place of what stands for them.
func asJSON(row auditlog.Fields) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(row)) {
		value := string(row[name])
		if text, wrapped := auditlog.FieldsOf(row[name])[record.Text]; wrapped {
			value = string(text)
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
