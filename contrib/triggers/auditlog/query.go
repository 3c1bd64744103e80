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
	Present      bool            // records of Models have the names that columns have now, not those of their time
	Oldest       bool            // first; otherwise the newest
	of           *transaction    // only its records
}

// A Name is a name that a model had, with the time at which it got and lost it;
// zero for no such time.
type Name struct {
	Name        string
	From, Until time.Time
}

// sql returns the query of the log with its parameters.
func (q Query) sql(s shape, p past) (string, []any) {
	var c conditions
	q.models(&c)
	q.rows(&c, p)
	q.common(&c, "", s)
	if q.MovedFrom != nil {
		var list []string
		for _, e := range p.epochs(q.MovedFrom) {
			key := e.of(q.MovedFrom)
			list = append(list, "("+e.span(&c)+"l."+record.Old+" OPERATOR(pg_catalog.?|) "+c.arg(columnsOf(key))+"::text[] AND (l."+
				record.Row+" || l."+record.Old+") @> "+c.arg(string(key))+"::text::jsonb)")
		}
		c.add("l." + record.Operation + " = '" + record.Update + "' AND (" + strings.Join(list, " OR ") + ")")
	}
	return q.paged(s, "SELECT "+recordColumns(s)+" FROM "+record.Log+" AS l", "SELECT "+recordColumns(s)+" FROM (SELECT l.* FROM "+record.Log+" AS l", c.where()), c.args
}

// paged returns a query with its order. The newest records are found by the index of
// their numbers; those of a page are put into the order of their places then.
func (q Query) paged(s shape, all, page, where string) string {
	if q.Limit == 0 || q.Oldest || q.sparse() {
		return all + where + q.order(s)
	}
	order := " ORDER BY l." + s.number + " DESC" + q.limit()
	return page + where + order + ") AS l" + q.order(s)
}

// sparse reports whether records are wanted that are read one by one to be found.
func (q Query) sparse() bool {
	return len(q.Rows) > 0 || q.MovedFrom != nil || q.Transaction != ""
}

// common adds the conditions that are the same for the log and history tables.
func (q Query) common(c *conditions, history string, s shape) {
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
	if q.of != nil {
		q.of.only(c, s)
	}
	if len(q.Operations) > 0 {
		c.add("l."+record.Operation+" = ANY ($?::text[])", q.Operations)
	}
	if q.Before != nil {
		q.Before.bound(c, "<", history, s)
	}
	if q.After != nil {
		q.After.bound(c, ">", history, s)
	}
}

const said = "l." + record.Context

// bound adds the condition that a record comes before or after this one.
func (r *Record) bound(c *conditions, operator, history string, s shape) {
	if r.History != history {
		c.add("l."+record.At+" "+operator+" $?::timestamptz", r.At)
		return
	}
	if !s.later {
		c.add(s.tuple("l")+" "+operator+" $?::bigint", r.ID)
		return
	}
	c.add(s.tuple("l")+" "+operator+" ($?::bigint, $?::boolean, $?::timestamptz, $?::bigint)", r.place(), r.Place == 0, r.At, r.ID)
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

// rows limits the primary keys, by all names that their columns had. The log has
// indexes of their hashes.
func (q Query) rows(c *conditions, p past) {
	if len(q.Rows) == 0 {
		return
	}
	var list []string
	for _, e := range p.epochs(q.Rows[0]) {
		texts := make([]string, len(q.Rows))
		for i, row := range q.Rows {
			texts[i] = string(e.of(row))
		}
		keys := c.arg(texts) + "::text[]::jsonb[]"
		list = append(list, "("+e.span(c)+"l."+record.Row+" = ANY ("+keys+") AND "+record.RowHash+
			" = ANY (ARRAY(SELECT pg_catalog.jsonb_hash(k) FROM pg_catalog.unnest("+keys+") AS k)))")
	}
	if q.Truncations {
		list = append(list, record.RowHash+" IS NULL AND l."+record.Operation+" = '"+record.Truncate+"'")
	}
	c.add("(" + strings.Join(list, " OR ") + ")")
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

// order returns the end of a query.
func (q Query) order(s shape) string {
	direction := " DESC"
	if q.Oldest {
		direction = ""
	}
	return " ORDER BY " + strings.Join(s.order("l"), direction+", ") + direction + q.limit()
}

func (q Query) limit() string {
	if q.Limit == 0 {
		return ""
	}
	return fmt.Sprintf(" LIMIT %d", q.Limit)
}
