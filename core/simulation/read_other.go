package simulation

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// other reads a statement that changes no names, unless it calls what does.
func (r *reader) other() {
	first := sqltext.Keyword(r.sql)
	switch first {
	case "INSERT", "DELETE", "MERGE":
		r.reads()
		r.query(r.part(0, r.end))
	case "UPDATE":
		r.updates()
		r.query(r.part(0, r.end))
	case "LOCK", "ANALYZE", "VACUUM", "REINDEX", "CLUSTER", "COPY", "TABLE", "VALUES":
		r.reading.Rows = AnyRows
	case "SET":
		r.settings()
	case "":
	case "RESET", "SHOW", "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "NOTIFY", "LISTEN", "UNLISTEN", "SECURITY":
		r.reading.Rows = AnyRows
	case "SELECT", "WITH", "CALL":
		r.queries(first)
		r.query(r.part(0, r.end))
		r.calls()
	default:
		r.reading.Rows = AnyRows
		r.unproven("a statement of a kind that is not followed, " + first)
	}
}

// settings takes in whether bodies in SQL are looked at as functions are made.
func (r *reader) settings() {
	if r.until("check_function_bodies") {
		r.i++
		r.any("to", "=")
		r.reading.Bodies = r.text(r.end)
	}
}

// updates takes in whose rows an UPDATE reads beside those that it changes.
func (r *reader) updates() {
	r.take("update")
	r.take("only")
	r.qualified()
	r.reads()
}

// queries takes in whose rows a query reads. One that sets a sequence reads none.
func (r *reader) queries(first string) {
	switch {
	case first == "WITH":
		r.reads()
	case first == "CALL" || !r.is("select", "setval"):
		r.reading.Rows = AnyRows
	}
}

// calls doubts a query that calls a function which is not PostgreSQL's: nobody knows
// what it does.
func (r *reader) calls() {
	found, err := sqltext.Calls(r.sql)
	if err != nil {
		r.reading.Hidden = true
		r.unproven("a query that cannot be read: " + err.Error())
		return
	}
	for _, call := range found {
		if call.Schema != "" && call.Schema != "pg_catalog" {
			r.reading.Hidden = true
			r.unproven(fmt.Sprintf("it runs %s.%s, which is not followed", call.Schema, call.Name))
			return
		}
	}
}

// do doubts a block that may change names: one that has a statement for that in it, or
// that runs what it makes up.
func (r *reader) do() {
	for r.more() {
		t := r.tokens[r.i]
		if t.Kind.Quoted() && (t.Open || changes(t.Text)) {
			r.reading.Hidden = r.reading.Hidden || t.Open || hides(t.Text)
			r.unproven("a DO block, which is not followed")
		}
		if r.take("language") && !r.is("plpgsql") {
			r.reading.Hidden = true
			r.unproven("a DO block of another language than PL/pgSQL, which is not followed")
		}
		r.i++
	}
}

// changes reports whether a block's text may change names: whether it has a word for
// that, or calls a function that is not PostgreSQL's.
func changes(block string) bool {
	return has(block, "create", "alter", "drop", "rename", "execute", "call", "import")
}

// hides reports whether what a block's text changes may not stand in it.
func hides(block string) bool { return has(block, "execute", "call", "import") }

// has reports whether a block's text has a word or calls a function that is not
// PostgreSQL's.
func has(block string, words ...string) bool {
	tag := sqltext.Tag(block)
	c := newCursor(strings.Trim(block[len(tag):len(block)-len(tag)], "'"), nil)
	for ; c.more(); c.i++ {
		if c.isAny(words) || c.callsOther() {
			return true
		}
	}
	return false
}

// callsOther reports whether what comes next is a call of what is not PostgreSQL's. The
// table of an INSERT has parentheses behind it too.
func (c *cursor) callsOther() bool {
	if c.i+3 >= c.end || !c.tokens[c.i+1].Is(".") || !c.tokens[c.i+3].Is("(") {
		return false
	}
	schema, ok := c.tokens[c.i].Identifier()
	inserts := c.i > 0 && c.tokens[c.i-1].Is("into")
	return ok && schema != "pg_catalog" && !inserts
}

// comment reads COMMENT ON.
func (r *reader) comment() {
	r.take("on")
	r.object(Effect{Verb: Needs})
}

// grant reads GRANT and REVOKE. What is granted on all of a kind, or is membership in
// a role, names nothing.
func (r *reader) grant() {
	if !r.until("on") {
		return
	}
	r.take("on")
	if r.is("all") {
		return
	}
	class, known := grantable(r)
	if !known {
		return
	}
	for r.more() {
		n := r.name(class)
		if class == detect.NamesFunction {
			n.Args = r.arguments()
		}
		if class == detect.NamesSchema {
			n = schemaName(n.Name)
		}
		r.need(n)
		if !r.take(",") {
			return
		}
	}
}

// grantable takes the word for the kind of what is granted.
func grantable(r *reader) (class detect.NameClass, known bool) {
	switch r.any("table", "sequence", "function", "procedure", "routine", "schema", "type", "domain", "database", "foreign", "language", "large", "parameter", "tablespace") {
	case "function", "procedure", "routine":
		return detect.NamesFunction, true
	case "schema":
		return detect.NamesSchema, true
	case "type", "domain":
		return detect.NamesType, true
	case "table", "sequence", "":
		return detect.NamesRelation, true
	}
	return "", false
}
