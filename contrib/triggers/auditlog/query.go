package auditlog

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A Query says which records of the audit log are wanted. What is zero limits
// nothing.
type Query struct {
	Models []Name            // any of these
	Rows   []json.RawMessage // any of these primary keys
	// Since and Until are times as PostgreSQL reads them, or durations before now,
	// such as "2h", "3d" or "1w"; without a zone they are in UTC.
	Since, Until string
	By           string      // the user of the database, or the actor of the context
	Context      [][2]string // keys and values that the context has
	Transaction  string      // the digits of an xid8
	Operations   []string
	Before       *Record         // records before this one
	After        *Record         // records after this one
	Truncations  bool            // those of the whole table besides Rows
	MovedFrom    json.RawMessage // updates that changed this primary key
	Limit        int             // 0: all
	Oldest       bool            // first; otherwise the newest
}

// A Name is a name that a model had, with the time at which it got and lost it;
// zero for no such time.
type Name struct {
	Name        string
	From, Until time.Time
}

// sql returns the query of the log with its parameters.
func (q Query) sql() (string, []any) {
	var c conditions
	q.models(&c)
	q.rows(&c)
	q.common(&c, "")
	if q.MovedFrom != nil {
		c.add("l."+record.Operation+" = '"+record.Update+"' AND l."+record.Old+" OPERATOR(pg_catalog.?|) $?::text[] AND (l."+
			record.Row+" || l."+record.Old+") @> $?::text::jsonb", columnsOf(q.MovedFrom), string(q.MovedFrom))
	}
	return "SELECT " + recordColumns + " FROM " + record.Log + " AS l" + c.where() + q.order(record.ID), c.args
}

// common adds the conditions that are the same for the log and history tables.
func (q Query) common(c *conditions, history string) {
	q.times(c)
	if q.By != "" {
		c.add("(l."+record.User+" = $? OR "+said+" ->> '"+record.Actor+"' = $? OR "+said+" ->> 'user' = $?)", q.By, q.By, q.By)
	}
	for _, pair := range q.Context {
		c.add("("+said+" ->> $? = $? OR "+said+" #>> pg_catalog.string_to_array($?, '.') = $?)", pair[0], pair[1], pair[0], pair[1])
	}
	if q.Transaction != "" {
		c.add("l."+record.Transaction+" = $?::text::xid8", q.Transaction)
	}
	if len(q.Operations) > 0 {
		c.add("l."+record.Operation+" = ANY ($?::text[])", q.Operations)
	}
	if q.Before != nil {
		q.Before.bound(c, "<", history)
	}
	if q.After != nil {
		q.After.bound(c, ">", history)
	}
}

const said = "l." + record.Context

// bound adds the condition that a record comes before or after this one.
func (r *Record) bound(c *conditions, operator, history string) {
	switch {
	case r.History != history:
		c.add("l."+record.At+" "+operator+" $?::timestamptz", r.At)
	case history == "":
		c.add("l."+record.ID+" "+operator+" $?::bigint", r.ID)
	default:
		c.add("l."+record.HistoryID+" "+operator+" $?::bigint", r.ID)
	}
}

func (q Query) models(c *conditions) {
	if len(q.Models) == 0 {
		return
	}
	var names []string
	for _, name := range q.Models {
		text := "l." + record.Model + " = " + c.arg(name.Name) + "::text"
		if !name.From.IsZero() {
			text += " AND l." + record.At + " >= " + c.arg(name.From) + "::timestamptz"
		}
		if !name.Until.IsZero() {
			text += " AND l." + record.At + " < " + c.arg(name.Until) + "::timestamptz"
		}
		names = append(names, text)
	}
	c.add("(" + strings.Join(names, " OR ") + ")")
}

// rows limits the primary keys. The log has indexes of their hashes.
func (q Query) rows(c *conditions) {
	if len(q.Rows) == 0 {
		return
	}
	texts := make([]string, len(q.Rows))
	for i, row := range q.Rows {
		texts[i] = string(row)
	}
	keys := c.arg(texts) + "::text[]::jsonb[]"
	text := "l." + record.Row + " = ANY (" + keys + ") AND " + record.RowHash +
		" = ANY (ARRAY(SELECT pg_catalog.jsonb_hash(k) FROM pg_catalog.unnest(" + keys + ") AS k))"
	if q.Truncations {
		text = "(" + text + " OR " + record.RowHash + " IS NULL AND l." + record.Operation + " = '" + record.Truncate + "')"
	}
	c.add(text)
}

// times limits the time. A time that was printed has milliseconds, and means all
// of that one.
func (q Query) times(c *conditions) {
	if q.Since != "" {
		sql, text := point(q.Since)
		c.add("l."+record.At+" >= "+sql, text)
	}
	if q.Until != "" {
		sql, text := point(q.Until)
		c.add("l."+record.At+" < "+sql+" + interval '1 millisecond'", text)
	}
}

// point returns the SQL of a time and its parameter.
func point(text string) (sql, arg string) {
	for _, unit := range []string{"seconds", "minutes", "hours", "days", "weeks"} {
		n, ok := strings.CutSuffix(text, unit[:1])
		if ok && n != "" && strings.Trim(n, "0123456789") == "" {
			return "pg_catalog.now() - $?::text::interval", n + " " + unit
		}
	}
	return "$?::text::timestamptz", text
}

// order returns the end of a query whose records are numbered in a column.
func (q Query) order(column string) string {
	order := " ORDER BY l." + column
	if !q.Oldest {
		order += " DESC"
	}
	if q.Limit > 0 {
		order += fmt.Sprintf(" LIMIT %d", q.Limit)
	}
	return order
}
