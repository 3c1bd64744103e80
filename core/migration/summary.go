package migration

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// Summary returns how many objects of each kind operations make, change and
// drop, such as "+1 model +5 field ~1 index -1 constraint (1 drop, 0 rewrites)".
// Drops are objects that go for good; rewrites are tables that are written anew, as often as
// that is done. What an operation without SQL puts or drops is changed: the history knows
// it otherwise, and the database is what it was.
func Summary(operations []operation.Operation) string { return summary(operations, tally.add) }

// isSummary reports whether a text is what sums operations up, as this program does or as
// one of before did.
func isSummary(text string, operations []operation.Operation) bool {
	return text == Summary(operations) || text == summary(operations, tally.addAsBefore)
}

func summary(operations []operation.Operation, add func(tally, operation.Operation)) string {
	t := tally{"+": {}, "~": {}, "-": {}}
	rewrites := 0
	for _, op := range operations {
		add(t, op)
		for _, h := range op.Hazard {
			if h.Code == operation.TableRewrite && !h.Down {
				rewrites++
			}
		}
	}
	t.settle()
	var parts []string
	for _, sign := range []string{"+", "~", "-"} {
		parts = append(parts, t.counts(sign)...)
	}
	parts = append(parts, fmt.Sprintf("(%s, %s)", diag.Plural(len(t["-"]), "drop"), diag.Plural(rewrites, "rewrite")))
	return strings.Join(parts, " ")
}
