package auditlog

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// The statements of a reversal name functions and types in full, and are run with
// searchPath, so that what others put into a schema of the user's path is not called.
// So are the functions of triggers that they fire.
const searchPath = "pg_catalog, pg_temp"

// sql returns the statement that undoes the changes.
func (r *reversal) sql(param string) string {
	switch r.verb() {
	case record.Delete:
		return "DELETE FROM " + r.table.sql() + " AS t\nUSING " + r.from(param, "k") + "\nWHERE " + r.match("t")
	case record.Update:
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

// from returns a FROM list of the changes in a parameter: e(v, n), and for each of
// the parts k, w and s of them the record with its columns.
func (r *reversal) from(param string, parts ...string) string {
	text := "pg_catalog.jsonb_array_elements(" + param + ") WITH ORDINALITY AS e(v, n)"
	columns := map[string][]targetColumn{"k": r.key, "w": r.was, "s": r.set}
	for _, part := range parts {
		var list []string
		for _, c := range columns[part] {
			list = append(list, c.declared())
		}
		if len(list) > 0 {
			text += fmt.Sprintf("\n    CROSS JOIN pg_catalog.jsonb_to_record(e.v -> '%s') AS %s(%s)", part, part, strings.Join(list, ", "))
		}
	}
	return text
}

// match returns the condition that a row of the table is the one of a change.
func (r *reversal) match(table string) string {
	conditions := make([]string, len(r.key))
	for i, c := range r.key {
		conditions[i] = table + "." + address.Quote(c.name) + " " + c.equals + " " + c.value("k")
	}
	return strings.Join(conditions, " AND ")
}

// parameter is how the statements that are run get the rows, and literal how those
// that are shown do.
const parameter = "$1::pg_catalog.jsonb"

func literal(payload string) string { return address.Literal(payload) + "::pg_catalog.jsonb" }

// locking returns the query that keeps others from the rows until the end.
func (r *reversal) locking() string {
	return "SELECT FROM " + r.table.sql() + " AS t CROSS JOIN " + r.from(parameter, "k") + "\nWHERE " + r.match("t") + "\nFOR UPDATE OF t"
}

// comparing returns the query of rows that are not as the changes left them: the
// place of the change, whether the row is there, and the columns that differ. What
// is as it is wanted already is fine: a foreign key took it along.
func (r *reversal) comparing() string {
	differing, wanted := []string{"NULL"}, "false"
	for _, c := range r.was {
		differing = append(differing, "CASE WHEN "+c.differs("t", "w")+" THEN "+address.Literal(c.name)+" END")
	}
	if r.verb() == record.Update && len(r.set) > 0 {
		wanted = "true"
		for _, c := range r.set {
			wanted += " AND NOT (" + c.differs("t", "s") + ")"
		}
	}
	return `SELECT d.n, d.there, d.columns FROM (
SELECT e.n, t.tableoid IS NOT NULL AS there, ` + wanted + ` AS wanted,
    pg_catalog.array_remove(ARRAY[` + strings.Join(differing, ", ") + `]::pg_catalog.text[], NULL) AS columns
FROM ` + r.from(parameter, "k", "w", "s") + "\nLEFT JOIN " + r.table.sql() + " AS t ON " + r.match("t") + `) AS d
WHERE ` + r.conflicting() + ` ORDER BY d.n`
}

func (r *reversal) conflicting() string {
	if r.verb() == record.Insert {
		return "d.there"
	}
	return "NOT d.there OR pg_catalog.cardinality(d.columns) > 0 AND NOT d.wanted"
}

// following returns the query of changes whose undoing would take rows of another
// table along: the place of the change, and how many.
func (r *reversal) following(f referrer) string {
	refers := make([]string, len(f.columns))
	for i := range f.columns {
		refers[i] = "t." + address.Quote(f.targets[i]) + " " + f.equals[i] + " c." + address.Quote(f.columns[i])
	}
	text := "SELECT e.n, pg_catalog.count(*) FROM " + r.from(parameter, "k") + " CROSS JOIN " + r.table.sql() + " AS t CROSS JOIN " +
		address.Qualify(f.schema, f.name) + " AS c\nWHERE " + r.match("t") + " AND " + strings.Join(refers, " AND ")
	if f.oid == r.table.oid { // rows that are to be deleted themselves
		text += " AND NOT EXISTS (SELECT FROM " + r.from(parameter, "k") + " WHERE " + r.match("c") + ")"
	}
	return text + "\nGROUP BY e.n ORDER BY e.n"
}
