package review

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// statement reads one statement, which has to be one.
func (r *Review) statement(s operation.Statement) (parser.Act, error) {
	sql := s.Text()
	acts, err := r.Reader.Effects(sql)
	switch {
	case err != nil && message(err) == "want one statement", err == nil && len(acts) != 1:
		return parser.Act{}, &Fault{Code: Several, What: "has a statement that is not one statement", SQL: sql}
	case err != nil:
		return parser.Act{}, unreadable(sql, err)
	}
	act := acts[0]
	for _, kind := range append([]string{act.Kind}, act.Inner...) {
		if !expected(kind) {
			return parser.Act{}, refused(sql, "has a statement of a kind that plugins do not emit, %s", kind)
		}
	}
	if s.Table && len(s.Clauses) != elements(act) {
		return parser.Act{}, &Fault{Code: Several, What: "has a clause of a table that is not one column or one constraint", SQL: sql}
	}
	return act, nil
}

// elements counts the columns and constraints that a CREATE TABLE says one by one.
func elements(act parser.Act) int {
	count := 0
	for _, e := range act.Effects {
		if e.Verb == parser.Creates && (e.Class == "column" || e.Class == "constraint") {
			count++
		}
	}
	return count
}

// changing are the kinds of objects that a plugin's statements make, alter and drop.
var changing = []string{
	"AGGREGATE", "CAST", "COLLATION", "CONVERSION", "DOMAIN", "EVENT TRIGGER", "EXTENSION", "FOREIGN TABLE", "FUNCTION", "INDEX",
	"MATERIALIZED VIEW", "OPERATOR", "POLICY", "PROCEDURE", "PUBLICATION", "ROUTINE", "RULE", "SCHEMA", "SEQUENCE", "STATISTICS", "TABLE",
	"TEXT SEARCH", "TRIGGER", "TYPE", "VIEW", "TSCONFIGURATION", "TSDICTIONARY", "TSPARSER", "TSTEMPLATE",
}

// other are the other kinds of statements that are expected of a plugin.
var other = []string{
	"ANALYZE", "CALL", "CLUSTER", "COMMENT", "DELETE", "DO", "GRANT", "INSERT", "LOCK", "MERGE", "REFRESH", "REINDEX", "REVOKE", "SECURITY",
	"SELECT", "SET CONSTRAINTS", "TRUNCATE", "UPDATE", "VACUUM",
}

func expected(kind string) bool {
	verb, class, _ := strings.Cut(kind, " ")
	if verb == "CREATE" || verb == "ALTER" || verb == "DROP" {
		return slices.Contains(changing, class)
	}
	return slices.Contains(other, kind)
}

// runs reports whether a statement of a kind runs functions that it names, rather
// than keeping them.
func runs(kind string) bool {
	return slices.Contains([]string{"CALL", "DELETE", "DO", "INSERT", "MERGE", "SELECT", "UPDATE"}, kind)
}
