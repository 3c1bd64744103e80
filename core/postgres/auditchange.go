package postgres

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A reversal undoes changes of one sort that were made to rows of one table one
// after another, in one statement.
type reversal struct {
	table     *restored
	model     string
	operation string // what was done
	rows      []reversedRow
	// key are the columns that tell rows apart, was those that have to be as they
	// were left, set those that get other values.
	key, was, set []restoredColumn
}

// A reversedRow is a row with the values that the parts of a reversal need.
type reversedRow struct {
	record AuditRecord
	Key    json.RawMessage `json:"k"`
	Was    json.RawMessage `json:"w,omitempty"`
	Set    json.RawMessage `json:"s,omitempty"`
}

// maxReversed is how many rows one statement changes: the values of all are one
// parameter.
const maxReversed = 1000

// takes reports whether another reversal of one row can be part of this one.
func (r *reversal) takes(other *reversal) bool {
	return r.table == other.table && r.operation == other.operation && len(r.rows) < maxReversed &&
		slices.Equal(r.key, other.key) && slices.Equal(r.was, other.was) && slices.Equal(r.set, other.set) &&
		!slices.ContainsFunc(r.rows, func(row reversedRow) bool { return string(row.Key) == string(other.rows[0].Key) })
}

// payload returns the parameter of the statements.
func (r *reversal) payload() (string, error) {
	encoded, err := state.Encode(r.rows)
	return string(encoded), err
}

// verb is what undoing does.
func (r *reversal) verb() string {
	switch r.operation {
	case "INSERT":
		return "DELETE"
	case "UPDATE":
		return "UPDATE"
	}
	return "INSERT"
}

// from returns the FROM list of the changes.
func (r *reversal) from(param string, parts ...string) string {
	return elements(param, map[string][]restoredColumn{"k": r.key, "w": r.was, "s": r.set}, parts...)
}

// match returns the condition that a row of the table is the one of a change.
func (r *reversal) match(table string) string {
	conditions := make([]string, len(r.key))
	for i, c := range r.key {
		conditions[i] = table + "." + address.Quote(c.name) + " = " + c.value("k")
	}
	return strings.Join(conditions, " AND ")
}

// sql returns the statement that undoes the changes.
func (r *reversal) sql(param string) string {
	switch r.operation {
	case "INSERT":
		return "DELETE FROM " + r.table.sql() + " AS t\nUSING " + r.from(param, "k") + "\nWHERE " + r.match("t")
	case "UPDATE":
		sets := make([]string, len(r.set))
		for i, c := range r.set {
			sets[i] = address.Quote(c.name) + " = " + c.value("s")
		}
		return "UPDATE " + r.table.sql() + " AS t SET " + strings.Join(sets, ", ") + "\nFROM " + r.from(param, "k", "s") + "\nWHERE " + r.match("t")
	}
	names, values := make([]string, len(r.set)), make([]string, len(r.set))
	for i, c := range r.set {
		names[i], values[i] = address.Quote(c.name), c.value("s")
	}
	return "INSERT INTO " + r.table.sql() + " (" + strings.Join(names, ", ") + ") OVERRIDING SYSTEM VALUE\nSELECT " +
		strings.Join(values, ", ") + "\nFROM " + r.from(param, "s") + "\nORDER BY e.n DESC"
}

// locking returns the query that keeps others from the rows until the end.
func (r *reversal) locking() string {
	return "SELECT FROM " + r.table.sql() + " AS t CROSS JOIN " + r.from("$1::jsonb", "k") + "\nWHERE " + r.match("t") + "\nFOR UPDATE OF t"
}

// comparing returns the query of rows that are not as the changes left them: the
// place of the change, whether the row is there, and the columns that differ. What
// is as it is wanted already is fine: a foreign key took it along.
func (r *reversal) comparing() string {
	differing, wanted := []string{"NULL"}, "false"
	for _, c := range r.was {
		differing = append(differing, "CASE WHEN "+c.differs("t", "w")+" THEN "+address.Literal(c.name)+" END")
	}
	if r.verb() == "UPDATE" && len(r.set) > 0 {
		wanted = "true"
		for _, c := range r.set {
			wanted += " AND NOT (" + c.differs("t", "s") + ")"
		}
	}
	return `SELECT d.n, d.there, d.columns FROM (
SELECT e.n, t.tableoid IS NOT NULL AS there, ` + wanted + ` AS wanted,
    array_remove(ARRAY[` + strings.Join(differing, ", ") + `]::text[], NULL) AS columns
FROM ` + r.from("$1::jsonb", "k", "w", "s") + "\nLEFT JOIN " + r.table.sql() + " AS t ON " + r.match("t") + `) AS d
WHERE ` + r.conflicting() + ` ORDER BY d.n`
}

func (r *reversal) conflicting() string {
	if r.verb() == "INSERT" {
		return "d.there"
	}
	return "NOT d.there OR cardinality(d.columns) > 0 AND NOT d.wanted"
}

// following returns the query of changes whose undoing would take rows of another
// table along: the place of the change, and how many.
func (r *reversal) following(k taker) string {
	refers := make([]string, len(k.columns))
	for i := range k.columns {
		refers[i] = "c." + address.Quote(k.columns[i]) + " = t." + address.Quote(k.targets[i])
	}
	text := "SELECT e.n, count(*) FROM " + r.from("$1::jsonb", "k") + " CROSS JOIN " + r.table.sql() + " AS t CROSS JOIN " +
		address.Qualify(k.schema, k.name) + " AS c\nWHERE " + r.match("t") + " AND " + strings.Join(refers, " AND ")
	if k.oid == r.table.oid { // rows that are to be deleted themselves
		text += " AND NOT EXISTS (SELECT FROM " + r.from("$1::jsonb", "k") + " WHERE " + r.match("c") + ")"
	}
	return text + "\nGROUP BY e.n ORDER BY e.n"
}
