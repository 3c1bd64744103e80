package triggers

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
)

// parent watches a table at the other end of a foreign key. A row of it that
// others refer to cannot go, but another one can take its place: keys are changed
// or exchanged by UPDATE, a row is deleted and inserted by one statement. A foreign
// key that is deferred also lets a row come after those that refer to it.
func (w *watcher) parent() {
	comes := trigger{at: w.at, suffix: w.prefix + "i", event: "INSERT", function: w.prefix + "i", row: newRow, comes: true}
	goes := trigger{at: w.at, suffix: w.prefix + "g", event: "DELETE", function: w.prefix + "g", row: setRow, set: true, goes: true}
	w.list = append(w.list, comes)
	w.updates()
	w.list = append(w.list, goes)
}

// comeBody checks the rows that refer to a row that comes. If the foreign key
// cannot be deferred, the row that it replaces was there until now, and PostgreSQL
// has those who refer to a row and those who delete it wait for each other; else
// locks have to.
func (c *constraint) comeBody(t trigger) string {
	var lines []string
	if locks := append(c.guard(), c.locks(c.lockbox().statements(t, ""))...); len(locks) > 0 {
		lines = append([]string{"    IF NOT EXISTS (", "        " + c.held(t.at), "    ) THEN"}, indented(locks)...)
		lines = append(lines, "    END IF;")
	}
	return block(nil, append(lines, c.refusal(c.checkReferring(t), c.Hint)...))
}

// checkReferring returns a check that has a row if a row that comes has others
// refer to it, and these are part of a result.
func (c *constraint) checkReferring(t trigger) string {
	if !c.whole() && c.reachable(t.at) {
		return c.check(t.at, t.row)
	}
	j := c.joins[t.at]
	return fmt.Sprintf("SELECT FROM (SELECT FROM %s AS c WHERE %s = %s LIMIT 1) AS c WHERE EXISTS (\n        %s)",
		c.joins[j.parent].sql(), j.link.of("c"), j.own.of(string(t.row)), c.sql())
}

// held returns a query that has a row if the foreign key to a table holds at the
// end of each statement. It can be changed without the constraint being made anew.
func (c *constraint) held(at int) string {
	j := c.joins[at]
	return fmt.Sprintf("SELECT FROM pg_constraint AS f JOIN pg_attribute AS a ON a.attrelid = f.conrelid AND f.conkey = ARRAY[a.attnum]"+
		"\n        WHERE f.conrelid = %s::regclass AND f.confrelid = TG_RELID AND f.contype = 'f' AND NOT f.condeferrable AND a.attname = %s",
		address.Literal(c.joins[j.parent].sql()), address.Literal(j.link.name))
}

// goBody is for rows that go: those that take their place will be checked, but at
// the higher isolation levels without a sight of all that refer to them by then.
// At READ COMMITTED there is nothing to do.
func (c *constraint) goBody(t trigger) string {
	lines, condition := c.guard(), "EXISTS (SELECT FROM old_rows)"
	if c.Isolation == anyIsolation {
		lines = c.locks(c.lockbox().statements(t, "old_rows AS n"))
		condition += " AND current_setting('transaction_isolation') IN ('repeatable read', 'serializable')"
	}
	lines = append([]string{"    IF " + condition + " THEN"}, indented(lines)...)
	return block(nil, append(lines, "    END IF;"))
}

func indented(lines []string) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		list[i] = "    " + line
	}
	return list
}
