package auditlog

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// of reports whether a history table has records of the models that are asked
// for, and returns the name of the model. All its records are those of the model
// that has the table now, as the table is renamed with its model.
func (q Query) of(h history) (Name, bool) {
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
	name, of := q.of(h)
	if !of || (len(q.Rows) > 0 || q.MovedFrom != nil) && !h.keyed() {
		return "", nil, false
	}
	if !name.Until.IsZero() {
		c.add("l."+record.At+" < $?::timestamptz", name.Until)
	}
	q.keys(&c, h)
	q.common(&c, h.sql())
	if q.MovedFrom != nil {
		c.add(operation+" = '"+record.Update+"' AND "+oldRow+" = $?::text::jsonb", string(q.MovedFrom))
	}
	model, table := c.arg(h.Model), c.arg(h.Table)
	return h.selected(model, table, c.where(), q.order(record.HistoryID)), c.args, true
}

// selected returns the query for some records in the form of those of the log. What
// a record changed is looked up for those that are wanted only.
func (h history) selected(model, table, where, order string) string {
	return "SELECT " + number + ", l." + record.At + ", " + transaction + "::text, " + operation + ", " + model + "::text, " + table + `::text, l.row_id::text,
    CASE WHEN ` + operation + ` IN (` + gone + `) THEN l.whole WHEN ` + operation + ` = '` + record.Update + `' THEN ` + former + ` END::text,
    CASE WHEN ` + operation + ` NOT IN (` + gone + `) THEN l.whole END::text, l.` + record.User + `, l.` + record.Context + `::text,
    ` + operation + ` = '` + record.Update + `' AND l.before IS NULL
FROM (SELECT ` + number + ", l." + record.At + ", " + transaction + ", " + operation + ", l." + record.User + ", l." + record.Context + ", " + oldRow + `,
        ` + h.rowID() + ` AS row_id,
        ` + h.whole("l") + ` AS whole,
        ` + h.before() + ` AS before
    FROM (SELECT * FROM ` + h.sql() + " AS l" + where + order + ") AS l OFFSET 0) AS l" + order
}

// The columns of a record l of a history table, and the operations after which the
// row is not there.
const (
	number      = "l." + record.HistoryID
	transaction = "l." + record.Transaction
	operation   = "l." + record.Operation
	oldRow      = "l." + record.OldRow
	gone        = "'" + record.Delete + "', '" + record.Truncate + "'"
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
		parts = append(parts, address.Literal(c.column)+", l."+address.Quote(c.name))
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
		part := "pg_catalog.jsonb_build_object(" + address.Literal(c.column) + ", " + value + ")"
		switch {
		case c.gone:
			part = "CASE WHEN " + value + " IS NULL THEN '{}' ELSE " + part + " END"
		case c.since != "":
			part = "CASE WHEN " + value + " IS NULL AND pg_catalog.age(" + row + "." + record.Transaction + "::xid) > pg_catalog.age(" +
				address.Literal(c.since) + "::xid) THEN '{}' ELSE " + part + " END"
		}
		text += "\n        || " + part
	}
	if key := h.key(); len(key) > 0 {
		return "CASE WHEN " + row + "." + address.Quote(key[0].name) + " IS NOT NULL THEN " + text + " END"
	}
	return text
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
			" ELSE (" + oldRow + " ->> " + names[i] + ")::" + c.typ + " END"
	}
	first := address.Quote(key[0].name)
	return `(
        SELECT CASE WHEN p.` + record.Operation + ` NOT IN (` + gone + `) AND NOT EXISTS (SELECT FROM ` + h.sql() + ` AS t
                WHERE t.` + first + ` IS NULL AND t.` + record.Operation + ` = '` + record.Truncate + `'
                    AND t.` + record.HistoryID + ` > p.` + record.HistoryID + ` AND t.` + record.HistoryID + ` < ` + number + `)
            THEN ` + h.whole("p") + ` END
        FROM ` + h.sql() + ` AS p WHERE ` + operation + ` = '` + record.Update + `' AND p.` + record.HistoryID + ` < ` + number + same + `
        ORDER BY p.` + record.HistoryID + ` DESC LIMIT 1)`
}
