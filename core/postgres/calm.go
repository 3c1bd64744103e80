package postgres

import (
	"regexp"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// calm reports whether a script leaves the session as it is: its settings, its user, its
// locks. It is so where all its statements define objects and run no query. What a
// function that a default or an index calls does to the session is not seen; none that
// is written as PostgreSQL wants it does anything.
func (s Script) calm(d Direction) bool {
	for _, step := range s.Steps {
		for _, statement := range step.Statements(d) {
			if outside(step, d) || !defines(statement.SQL) {
				return false
			}
		}
	}
	return true
}

// definitions are the kinds of objects whose statements run no query of their own.
var definitions = []string{"COLLATION", "DOMAIN", "FUNCTION", "INDEX", "POLICY", "SEQUENCE", "STATISTICS", "TABLE", "TRIGGER", "TYPE", "UNIQUE", "VIEW"}

// queries finds words with which a definition runs a query, such as CREATE TABLE ... AS
// SELECT, or holds another statement.
var queries = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i);|\bas[\s(]+(select|with|values|table|execute)\b|\bconcurrently\b`)
})

// defines reports whether a statement is a definition that runs no query.
func defines(sql string) bool {
	words := sqltext.Words(sql, 2)
	if len(words) < 2 {
		return false
	}
	switch words[0] {
	case "COMMENT":
		return words[1] == "ON"
	case "DROP":
		return slices.Contains(definitions, words[1])
	case "ALTER", "CREATE":
		return slices.Contains(definitions, words[1]) && (words[1] != "TABLE" && words[1] != "INDEX" || !queries().MatchString(sql))
	}
	return false
}
