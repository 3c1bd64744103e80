package auditlog

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// named reports whether a history table has records of the models that are asked
// for, and returns the name of the model. All its records are those of the model
// that has the table now, as the table is renamed with its model.
func (q Query) named(h history) (Name, bool) {
	i := slices.IndexFunc(q.Models, func(n Name) bool { return n.Name == h.Model })
	if i < 0 {
		return Name{}, len(q.Models) == 0
	}
	return q.Models[i], true
}

// history returns the query of a history table, and whether it can have records
// that are asked for.
func (q Query) history(h history) (string, []any, bool) {
	var c conditions
	name, of := q.named(h)
	if !of || (len(q.Rows) > 0 || q.MovedFrom != nil) && !h.keyed() {
		return "", nil, false
	}
	if !name.Until.IsZero() {
		c.add("l."+record.At+" < $?::timestamptz", name.Until)
	}
	q.keys(&c, h)
	q.common(&c, h.sql(), h.shape())
	if q.MovedFrom != nil {
		c.add(operation+" = '"+record.Update+"' AND "+h.oldRow()+" = $?::text::jsonb", string(q.MovedFrom))
	}
	model, table := c.arg(h.Model), c.arg(h.Table)
	chosen := q.order(h.shape())
	if q.Limit > 0 && !q.Oldest && !q.sparse() {
		chosen = " ORDER BY " + number + " DESC" + q.limit()
	}
	return h.selected(model, table, c.where()+chosen, q.order(h.shape())), c.args, true
}

// selected returns the query for some records in the form of those of the log. What
// a record changed is looked up for those that are wanted only.
func (h history) selected(model, table, chosen, order string) string {
	later := ""
	if h.later {
		later = "l." + record.Began + ", l." + record.Place + ", "
	}
	return "SELECT " + number + ", l." + record.At + ", " + xid + "::text, " + h.shape().began() + ", " + h.shape().place() + ", " +
		operation + ", " + model + "::text, " + table + `::text, l.row_id::text,
    CASE WHEN ` + operation + ` IN (` + gone + `) THEN l.whole WHEN ` + operation + ` = '` + record.Update + `' THEN ` + former + ` END::text,
    CASE WHEN ` + operation + ` NOT IN (` + gone + `) THEN l.whole END::text, l.` + record.User + `, l.` + record.Context + `::text,
    ` + operation + ` = '` + record.Update + `' AND l.before IS NULL
FROM (SELECT ` + number + ", l." + record.At + ", " + xid + ", " + later + operation + ", l." + record.User + ", l." + record.Context + `,
        ` + h.oldRow() + " AS " + record.OldRow + `,
        ` + h.rowID() + ` AS row_id,
        ` + h.whole("l") + ` AS whole,
        ` + h.before() + ` AS before
    FROM (SELECT * FROM ` + h.sql() + " AS l" + chosen + ") AS l OFFSET 0) AS l" + order
}

// oldRow returns the primary key that a row had before an update changed it, by the
// names that its columns have now.
func (h history) oldRow() string {
	epochs := h.past.epochs(h.emptyKey())
	if len(epochs) == 1 {
		return oldRow
	}
	var parts []string
	for _, c := range h.key() {
		value := ""
		for _, e := range slices.Backward(epochs) {
			was := oldRow + " -> " + address.Literal(e.then[c.column])
			if e.until == nil {
				value += " ELSE " + was
				continue
			}
			value += " WHEN l." + record.At + " <= " + address.Literal(e.until.at.Format(time.RFC3339Nano)) + "::timestamptz THEN " + was
		}
		parts = append(parts, address.Literal(c.column)+", CASE"+value+" END")
	}
	return "CASE WHEN " + oldRow + " IS NOT NULL THEN pg_catalog.jsonb_build_object(" + strings.Join(parts, ", ") + ") END"
}

// emptyKey returns an object with the names of the primary key's columns.
func (h history) emptyKey() Key {
	key := Fields{}
	for _, c := range h.key() {
		key[c.column] = Key("null")
	}
	encoded, _ := json.Marshal(key) // names always have a form
	return encoded
}

// The columns of a record l of a history table, and the operations after which the
// row is not there.
const (
	number    = "l." + record.HistoryID
	xid       = "l." + record.Transaction
	operation = "l." + record.Operation
	oldRow    = "l." + record.OldRow
	gone      = "'" + record.Delete + "', '" + record.Truncate + "'"
)

// former is what an update has as its old values: of the row before, if that is
// recorded, what differs, else the primary key if it changed.
const former = `CASE WHEN l.before IS NULL THEN ` + oldRow + ` ELSE (
        SELECT coalesce(pg_catalog.jsonb_object_agg(b.key, b.value), '{}') FROM pg_catalog.jsonb_each(l.before) AS b
        WHERE l.whole OPERATOR(pg_catalog.?) b.key AND b.value::text <> (l.whole -> b.key)::text) END`

// keys limits the primary keys. The history table has an index of them.
func (q Query) keys(c *conditions, h history) {
	if len(q.Rows) == 0 {
		return
	}
	var rows []string
	for _, row := range q.Rows {
		var columns []string
		key := c.arg(string(row)) + "::text::jsonb"
		for _, k := range h.key() {
			columns = append(columns, "l."+address.Quote(k.name)+" = ("+key+" ->> "+address.Literal(k.column)+")::"+k.typ)
		}
		rows = append(rows, strings.Join(columns, " AND "))
	}
	if q.Truncations {
		rows = append(rows, operation+" = '"+record.Truncate+"' AND l."+address.Quote(h.key()[0].name)+" IS NULL")
	}
	c.add("(" + strings.Join(rows, " OR ") + ")")
}

// rowID returns the primary key of a record as an object; NULL for the truncation
// of a table.
func (h history) rowID() string {
	key := h.key()
	if len(key) == 0 {
		return "NULL::jsonb"
	}
	var parts []string
	for _, c := range key {
		parts = append(parts, address.Literal(c.column)+", "+c.value("l"))
	}
	return "CASE WHEN l." + address.Quote(key[0].name) + " IS NOT NULL THEN pg_catalog.jsonb_build_object(" +
		strings.Join(parts, ", ") + ") END"
}

// whole returns the row of a record as an object, without what is not known; NULL
// for the truncation of a table.
func (h history) whole(row string) string {
	text := "'{}'::jsonb"
	for _, c := range h.columns {
		value := row + "." + address.Quote(c.name)
		part := "pg_catalog.jsonb_build_object(" + address.Literal(c.column) + ", " + c.value(row) + ")"
		if unknown := c.unknown(row); unknown != "" {
			part = "CASE WHEN " + value + " IS NULL" + unknown + " THEN '{}' ELSE " + part + " END"
		}
		text += "\n        || " + part
	}
	if key := h.key(); len(key) > 0 {
		return "CASE WHEN " + row + "." + address.Quote(key[0].name) + " IS NOT NULL THEN " + text + " END"
	}
	return text
}

// value returns the value of a record as JSON. What JSON does not say the same, or
// cannot have, is its text in an object.
func (c historyColumn) value(row string) string {
	column := row + "." + address.Quote(c.name)
	text := "pg_catalog.jsonb_build_object('" + record.Text + "', " + column + "::text)"
	switch {
	case c.typ == "json", c.typ == "json[]":
		return "CASE WHEN " + column + " IS NOT NULL THEN " + text + " END"
	case strings.HasSuffix(c.typ, "[]"):
		return "CASE WHEN pg_catalog.replace(pg_catalog.array_dims(" + column + "), '[1:', '') LIKE '%[%' THEN " + text +
			" ELSE pg_catalog.to_jsonb(" + column + ") END"
	}
	return column
}

// unknown returns when a NULL tells nothing, with an AND in front; empty: it does.
func (c historyColumn) unknown(row string) string {
	switch {
	case c.gone:
		return " AND true"
	case c.since != nil && *c.since > 0:
		return fmt.Sprintf(" AND %s.%s <= %d", row, record.HistoryID, *c.since)
	case c.since == nil && c.altered != "":
		return " AND pg_catalog.age(" + row + "." + record.Transaction + "::xid) > pg_catalog.age(" + address.Literal(c.altered) + "::xid)"
	}
	return ""
}

// before returns the row as an update found it, by the record of the same row that
// comes before; NULL if there is none, or if the row came back without a record.
func (h history) before() string {
	key := h.key()
	if len(key) == 0 {
		return "NULL::jsonb"
	}
	same, names := "", make([]string, len(key))
	for i, c := range key {
		names[i] = address.Literal(c.column)
		same += " AND p." + address.Quote(c.name) + " = CASE WHEN " + oldRow + " IS NULL THEN l." + address.Quote(c.name) +
			" ELSE (" + h.oldRow() + " ->> " + names[i] + ")::" + c.typ + " END"
	}
	first := address.Quote(key[0].name)
	return `(
        SELECT CASE WHEN p.` + record.Operation + ` NOT IN (` + gone + `) AND NOT EXISTS (SELECT FROM ` + h.sql() + ` AS t
                WHERE t.` + first + ` IS NULL AND t.` + record.Operation + ` = '` + record.Truncate + `'
                    AND ` + h.shape().tuple("t") + ` > ` + h.shape().tuple("p") + ` AND ` + h.shape().tuple("t") + ` < ` + h.shape().tuple("l") + `)
            THEN ` + h.whole("p") + ` END
        FROM ` + h.sql() + ` AS p WHERE ` + operation + ` = '` + record.Update + `' AND ` + h.shape().tuple("p") + ` < ` + h.shape().tuple("l") + same + `
        ORDER BY ` + strings.Join(h.shape().order("p"), " DESC, ") + ` DESC LIMIT 1)`
}
