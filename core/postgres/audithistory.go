package postgres

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
)

// read returns the records that a query asks for, merged by their times.
func (q AuditQuery) read(ctx context.Context, tx pgx.Tx) ([]AuditRecord, error) {
	found, err := q.readLog(ctx, tx)
	if err != nil {
		return nil, err
	}
	histories, err := readHistories(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, h := range histories {
		sql, args, asked := q.history(h)
		if !asked {
			continue
		}
		more, err := collectAudit(ctx, tx, sql, args)
		if err != nil {
			return nil, err
		}
		for i := range more {
			more[i].History = h.sql()
		}
		found = q.merged(found, more)
	}
	if q.Limit > 0 && len(found) > q.Limit {
		found = found[:q.Limit]
	}
	return found, nil
}

// readLog returns the records of the log. PostgreSQL takes a BRIN index of hashes
// for worse than it is, as it judges all such indexes by the order of the values;
// where rows are wanted it is left no other way.
func (q AuditQuery) readLog(ctx context.Context, tx pgx.Tx) ([]AuditRecord, error) {
	sql, args := q.sql()
	if len(q.Rows) == 0 {
		return collectAudit(ctx, tx, sql, args)
	}
	if _, err := tx.Exec(ctx, "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"); err != nil {
		return nil, err
	}
	found, err := collectAudit(ctx, tx, sql, args)
	if err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, "SET LOCAL enable_seqscan = DEFAULT; SET LOCAL enable_indexscan = DEFAULT")
	return found, err
}

func collectAudit(ctx context.Context, tx pgx.Tx, sql string, args []any) ([]AuditRecord, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAudit)
}

// merged merges two lists that are in the order of the query each.
func (q AuditQuery) merged(a, b []AuditRecord) []AuditRecord {
	var list []AuditRecord
	for len(a) > 0 && len(b) > 0 {
		if q.Oldest && b[0].At.Before(a[0].At) || !q.Oldest && b[0].At.After(a[0].At) {
			list, b = append(list, b[0]), b[1:]
		} else {
			list, a = append(list, a[0]), a[1:]
		}
	}
	return slices.Concat(list, a, b)
}

// of reports whether a history table has records of the models that are asked
// for, and returns the name of the model. All its records are those of the model
// that has the table now, as the table is renamed with its model.
func (q AuditQuery) of(h history) (AuditName, bool) {
	i := slices.IndexFunc(q.Models, func(n AuditName) bool { return n.Name == h.Model })
	if i < 0 {
		return AuditName{}, len(q.Models) == 0
	}
	return q.Models[i], true
}

// history returns the query of a history table, and whether it can have records
// that are asked for.
func (q AuditQuery) history(h history) (string, []any, bool) {
	var c conditions
	name, of := q.of(h)
	if !of || (len(q.Rows) > 0 || q.MovedFrom != nil) && !h.keyed() {
		return "", nil, false
	}
	if !name.Until.IsZero() {
		c.add("l.at < $?::timestamptz", name.Until)
	}
	q.keys(&c, h)
	q.common(&c, h.sql())
	if q.MovedFrom != nil {
		c.add("l.operation = 'UPDATE' AND l.old_row_id = $?::text::jsonb", string(q.MovedFrom))
	}
	model, table := c.arg(h.Model), c.arg(h.Table)
	return h.selected(model, table, c.where(), q.orderBy("l.history_id")), c.args, true
}

// selected returns the query for some records in the form of those of the log. What
// a record changed is looked up for those that are wanted only.
func (h history) selected(model, table, where, order string) string {
	return "SELECT l.history_id, l.at, l.xid::text, l.operation, " + model + "::text, " + table + `::text, l.row_id::text,
    CASE WHEN l.operation IN ('DELETE', 'TRUNCATE') THEN l.whole WHEN l.operation = 'UPDATE' THEN ` + former + ` END::text,
    CASE WHEN l.operation NOT IN ('DELETE', 'TRUNCATE') THEN l.whole END::text, l.db_user, l.context::text,
    l.operation = 'UPDATE' AND l.before IS NULL
FROM (SELECT l.history_id, l.at, l.xid, l.operation, l.db_user, l.context, l.old_row_id,
        ` + h.rowID() + ` AS row_id,
        ` + h.whole("l") + ` AS whole,
        ` + h.before() + ` AS before
    FROM (SELECT * FROM ` + h.sql() + " AS l" + where + order + ") AS l OFFSET 0) AS l" + order
}

// former is what an update has as its old values: of the row before, if that is
// recorded, what differs, else the primary key if it changed.
const former = `CASE WHEN l.before IS NULL THEN l.old_row_id ELSE (
        SELECT coalesce(pg_catalog.jsonb_object_agg(b.key, b.value), '{}') FROM pg_catalog.jsonb_each(l.before) AS b
        WHERE l.whole OPERATOR(pg_catalog.?) b.key AND b.value::text <> (l.whole -> b.key)::text) END`

// keys limits the primary keys. The history table has an index of them.
func (q AuditQuery) keys(c *conditions, h history) {
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
		rows = append(rows, "l.operation = 'TRUNCATE' AND l."+address.Quote(h.key()[0].name)+" IS NULL")
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
func (h history) whole(record string) string {
	text := "'{}'::jsonb"
	for _, c := range h.columns {
		value := record + "." + address.Quote(c.name)
		part := "pg_catalog.jsonb_build_object(" + address.Literal(c.column) + ", " + value + ")"
		switch {
		case c.gone:
			part = "CASE WHEN " + value + " IS NULL THEN '{}' ELSE " + part + " END"
		case c.since != "":
			part = "CASE WHEN " + value + " IS NULL AND pg_catalog.age(" + record + ".xid::xid) > pg_catalog.age(" +
				address.Literal(c.since) + "::xid) THEN '{}' ELSE " + part + " END"
		}
		text += "\n        || " + part
	}
	if key := h.key(); len(key) > 0 {
		return "CASE WHEN " + record + "." + address.Quote(key[0].name) + " IS NOT NULL THEN " + text + " END"
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
		same += " AND p." + address.Quote(c.name) + " = CASE WHEN l.old_row_id IS NULL THEN l." + address.Quote(c.name) +
			" ELSE (l.old_row_id ->> " + names[i] + ")::" + c.typ + " END"
	}
	first := address.Quote(key[0].name)
	return `(
        SELECT CASE WHEN p.operation NOT IN ('DELETE', 'TRUNCATE') AND NOT EXISTS (SELECT FROM ` + h.sql() + ` AS t
                WHERE t.` + first + ` IS NULL AND t.operation = 'TRUNCATE'
                    AND t.history_id > p.history_id AND t.history_id < l.history_id)
            THEN ` + h.whole("p") + ` END
        FROM ` + h.sql() + ` AS p WHERE l.operation = 'UPDATE' AND p.history_id < l.history_id` + same + `
        ORDER BY p.history_id DESC LIMIT 1)`
}
