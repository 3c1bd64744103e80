package postgres

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// An AuditQuery says which records of the audit log are wanted. What is zero
// limits nothing.
type AuditQuery struct {
	Models []AuditName       // any of these
	Rows   []json.RawMessage // any of these primary keys
	// Since and Until are times as PostgreSQL reads them, or durations before now,
	// such as "2h", "3d" or "1w"; without a zone they are in UTC.
	Since, Until string
	By           string      // the user of the database, or the actor of the context
	Context      [][2]string // keys and values that the context has
	Transaction  string      // the digits of an xid8
	Operations   []string
	Before       *AuditRecord    // records before this one
	After        *AuditRecord    // records after this one
	Truncations  bool            // those of the whole table besides Rows
	MovedFrom    json.RawMessage // updates that changed this primary key
	Limit        int
	Oldest       bool // first; otherwise the newest
}

// An AuditName is a name that a model had, with the time at which it got and lost
// it; zero for no such time.
type AuditName struct {
	Name        string
	From, Until time.Time
}

// sql returns the query of the log with its parameters.
func (q AuditQuery) sql() (string, []any) {
	var c conditions
	q.models(&c)
	q.rows(&c)
	q.common(&c, "")
	if q.MovedFrom != nil {
		c.add("l.operation = 'UPDATE' AND l.old OPERATOR(pg_catalog.?|) $?::text[] AND (l.row_id || l.old) @> $?::text::jsonb",
			names(q.MovedFrom), string(q.MovedFrom))
	}
	return "SELECT " + auditColumns + " FROM audit.log AS l" + c.where() + q.order(), c.args
}

// common adds the conditions that are the same for the log and history tables.
func (q AuditQuery) common(c *conditions, history string) {
	q.times(c)
	if q.By != "" {
		c.add("(l.db_user = $? OR l.context ->> 'actor' = $? OR l.context ->> 'user' = $?)", q.By, q.By, q.By)
	}
	for _, pair := range q.Context {
		c.add("(l.context ->> $? = $? OR l.context #>> pg_catalog.string_to_array($?, '.') = $?)", pair[0], pair[1], pair[0], pair[1])
	}
	if q.Transaction != "" {
		c.add("l.xid = $?::text::xid8", q.Transaction)
	}
	if len(q.Operations) > 0 {
		c.add("l.operation = ANY ($?::text[])", q.Operations)
	}
	if q.Before != nil {
		q.Before.bound(c, "<", history)
	}
	if q.After != nil {
		q.After.bound(c, ">", history)
	}
}

// bound adds the condition that a record comes before or after this one.
func (r *AuditRecord) bound(c *conditions, operator, history string) {
	switch {
	case r.History != history:
		c.add("l.at "+operator+" $?::timestamptz", r.At)
	case history == "":
		c.add("l.id "+operator+" $?::bigint", r.ID)
	default:
		c.add("l.history_id "+operator+" $?::bigint", r.ID)
	}
}

// names returns the names in an object, sorted.
func names(object json.RawMessage) []string {
	var found values
	_ = json.Unmarshal(object, &found) // what is no object has none
	return slices.Sorted(maps.Keys(found))
}

func (q AuditQuery) models(c *conditions) {
	if len(q.Models) == 0 {
		return
	}
	var names []string
	for _, name := range q.Models {
		text := "l.model = " + c.arg(name.Name) + "::text"
		if !name.From.IsZero() {
			text += " AND l.at >= " + c.arg(name.From) + "::timestamptz"
		}
		if !name.Until.IsZero() {
			text += " AND l.at < " + c.arg(name.Until) + "::timestamptz"
		}
		names = append(names, text)
	}
	c.add("(" + strings.Join(names, " OR ") + ")")
}

// rows limits the primary keys. The log has indexes of their hashes.
func (q AuditQuery) rows(c *conditions) {
	if len(q.Rows) == 0 {
		return
	}
	texts := make([]string, len(q.Rows))
	for i, row := range q.Rows {
		texts[i] = string(row)
	}
	keys := c.arg(texts) + "::text[]::jsonb[]"
	text := "l.row_id = ANY (" + keys + ") AND " + hashed + " = ANY (ARRAY(SELECT pg_catalog.jsonb_hash(k) FROM pg_catalog.unnest(" + keys + ") AS k))"
	if q.Truncations {
		text = "(" + text + " OR " + hashed + " IS NULL AND l.operation = 'TRUNCATE')"
	}
	c.add(text)
}

const hashed = "pg_catalog.jsonb_hash(l.row_id)"

// times limits the time. A time that was printed has milliseconds, and means all
// of that one.
func (q AuditQuery) times(c *conditions) {
	if q.Since != "" {
		sql, text := point(q.Since)
		c.add("l.at >= "+sql, text)
	}
	if q.Until != "" {
		sql, text := point(q.Until)
		c.add("l.at < "+sql+" + interval '1 millisecond'", text)
	}
}

// point returns the SQL of a time and its parameter.
func point(text string) (sql, arg string) {
	for short, long := range map[string]string{"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"} {
		if n, ok := strings.CutSuffix(text, short); ok && n != "" && strings.Trim(n, "0123456789") == "" {
			return "pg_catalog.now() - $?::text::interval", n + " " + long
		}
	}
	return "$?::text::timestamptz", text
}

func (q AuditQuery) order() string { return q.orderBy("l.id") }

func (q AuditQuery) orderBy(column string) string {
	order := " ORDER BY " + column
	if !q.Oldest {
		order += " DESC"
	}
	if q.Limit > 0 {
		order += fmt.Sprintf(" LIMIT %d", q.Limit)
	}
	return order
}

// conditions are parts of a WHERE clause with their parameters.
type conditions struct {
	parts []string
	args  []any
}

// add adds a condition. Each $? in it is the next of the arguments.
func (c *conditions) add(sql string, args ...any) {
	for _, arg := range args {
		sql = strings.Replace(sql, "$?", c.arg(arg), 1)
	}
	c.parts = append(c.parts, sql)
}

// arg adds a parameter and returns what stands for it.
func (c *conditions) arg(value any) string {
	c.args = append(c.args, value)
	return fmt.Sprintf("$%d", len(c.args))
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return "\nWHERE " + strings.Join(c.parts, "\n    AND ")
}
