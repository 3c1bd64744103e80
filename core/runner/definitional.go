package runner

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// inReplica returns the form in which a statement is run in a replica: without rows and
// without what cannot be in a transaction. It returns false for a statement that does
// more than to define what is in a schema: that is not run.
func inReplica(sql string, kept []string) (string, bool) {
	w := newWords(sql)
	if w.names(kept) {
		return "", false
	}
	switch {
	case w.definesInSchema():
		return w.withoutRows(withoutConcurrently(sql)), true
	case w.sets():
		return sql, true
	}
	return "", false
}

// names reports whether one of the schemas stands in front of a name.
func (w words) names(schemas []string) bool {
	for i := range w {
		name, ok := w[i].Identifier()
		if ok && i+1 < len(w) && w[i+1].Is(".") && slices.Contains(schemas, name) {
			return true
		}
	}
	return false
}

// inSchemas are the words that begin the name of what is in a schema, or of what is over
// types.
var inSchemas = []string{
	"table", "unlogged", "foreign", "temp", "temporary", "local", "global", "index", "unique", "view", "materialized", "recursive", "sequence", "type",
	"domain", "function", "procedure", "routine", "aggregate", "trigger", "constraint", "policy", "rule", "statistics", "schema", "column", "operator",
	"collation", "text", "conversion", "cast",
}

func (w words) definesInSchema() bool {
	switch {
	case w.take("comment"):
		w.take("on")
	case w.take("create"):
		if w.take("or") {
			w.take("replace")
		}
	case !w.take("alter") && !w.take("drop"):
		return false
	}
	known := len(w) > 0 && slices.ContainsFunc(inSchemas, w[0].Is)
	return known && !w.has("all", "in", "tablespace") && !w.has("foreign", "data", "wrapper")
}

// sets reports whether the statement is a setting that gives others another meaning.
func (w words) sets() bool {
	if !w.take("set") {
		return false
	}
	if !w.take("local") {
		w.take("session")
	}
	return w.take("search_path") || w.take("check_function_bodies")
}

// withoutRows returns a statement that makes a relation of a query so that the query is
// not run.
func (w words) withoutRows(sql string) string {
	depth := 0
	for i, t := range w {
		switch {
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case depth > 0 || !t.Is("as") || i+1 == len(w):
		case slices.ContainsFunc([]string{"select", "with", "table", "values", "("}, w[i+1].Is) && (w[:i].has("table") || w[:i].has("materialized")):
			if !w.has("with", "no", "data") {
				sql = strings.TrimRight(sql, "; \n") + "\nWITH NO DATA"
			}
			return sql
		}
	}
	return sql
}

// withoutConcurrently returns a statement that can be run in a transaction.
func withoutConcurrently(sql string) string {
	var b strings.Builder
	for t := range sqltext.Scan(sql) {
		if !t.Is("concurrently") {
			b.WriteString(t.Text)
		}
	}
	return b.String()
}
