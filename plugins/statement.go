package plugins

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/review"
)

// judgeSQL refuses a statement that holds another one: people look at statements
// one by one, and so does what runs them.
func (p *plugin) judgeSQL(result detect.Result) error {
	for _, op := range result.Operations {
		for _, s := range statementsOf(op) {
			parts := []string{s.SQL, s.Tail}
			for _, clause := range s.Clauses {
				parts = append(parts, clause.SQL)
			}
			for _, sql := range parts {
				if count := migration.CountStatements(sql); count > 1 {
					what := fmt.Sprintf("emits %s on %s with %d statements in one: %s", op.Kind, op.Target, count, printable(brief(sql)))
					return p.diagnostic(review.Several, what, "Each statement is reviewed, timed and undone by itself.", p.report())
				}
			}
		}
	}
	return nil
}

func statementsOf(op operation.Operation) []operation.Statement {
	all := slices.Concat(op.Up, op.Down)
	if op.Aside != nil {
		all = slices.Concat(all, op.Aside.Up, op.Aside.Down, op.Aside.RestUp, op.Aside.RestDown)
	}
	return all
}
