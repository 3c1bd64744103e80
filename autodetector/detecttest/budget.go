package detecttest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A budget is what a change may cost at most, by words of budgets. What it does not
// speak of may cost anything.
type budget map[string]int

// budgets are how often tables that were there are written anew, how many indexes of
// them are built outside of that, and how often they are read for anything else.
var budgets = []string{"rewrites", "indexes_built", "scans"}

// compare compares what a change cost with a budget, to the last rewrite: what costs
// less has a smaller budget.
func (b budget) compare(t *testing.T, spans []span) {
	t.Helper()
	spent := budget{}
	for i, at := range spans {
		c := costOf(spans, i)
		spent["rewrites"] += len(c.rewritten)
		spent["scans"] += len(c.scanned)
		for table := range spans[0].before {
			if at.before[table].File == at.after[table].File {
				spent["indexes_built"] += len(builtOn(table, at.before, at.after))
			}
		}
	}
	for _, word := range budgets {
		if want, limited := b[word]; limited {
			assert.Equal(t, want, spent[word], word)
		}
	}
}
