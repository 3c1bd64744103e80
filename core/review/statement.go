package review

import (
	"slices"

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
		if why := refusal(kind); why != "" {
			return parser.Act{}, refused(sql, "has a statement of a kind that plugins do not emit, %s: %s", kind, why)
		}
	}
	if s.Table && len(s.Lines()) != elements(act) {
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

// runs reports whether a statement of a kind runs functions that it names, rather
// than keeping them.
func runs(kind string) bool {
	return slices.Contains([]string{"CALL", "DELETE", "DO", "INSERT", "MERGE", "SELECT", "UPDATE"}, kind)
}
