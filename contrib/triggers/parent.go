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
	if w.former != nil {
		w.formerParent()
		return
	}
	comes := trigger{at: w.at, suffix: w.prefix + "i", event: "INSERT", function: w.prefix + "i", row: newRow, comes: true}
	goes := trigger{at: w.at, suffix: w.prefix + "g", event: "DELETE", function: w.prefix + "g", row: oldRow, left: true, goes: true}
	w.list = append(w.list, goes, comes)
	w.updates()
}

// comeBody checks the rows that refer to a row that comes. What would keep all
// other writers out is locked only where the foreign key can be deferred: else the
// row takes the place of one that has gone in the same statement, which has locked
// it by then.
func (c *constraint) comeBody(t trigger) string {
	locks := c.locks(c.lockbox().statements(t))
	lines, deferred := locks, c.guard()
	if !c.lockbox().narrow(t) {
		lines, deferred = nil, append(deferred, locks...)
	}
	if len(deferred) > 0 {
		lines = append(lines, "    IF NOT EXISTS (", "        "+c.held(t.at), "    ) THEN")
		lines = append(append(lines, indented(deferred)...), "    END IF;")
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

// goBody is for a row that goes. The one that takes its place will be checked,
// behind the locks that are taken here and in transactions that see all who refer
// to it by then.
func (c *constraint) goBody(t trigger) string {
	return c.block(nil, c.goLocks(t))
}

func (c *constraint) goLocks(t trigger) []string {
	if c.lockbox().narrow(t) {
		return nil // the one that comes locks the same
	}
	return c.locks(c.lockbox().statements(t))
}

func indented(lines []string) []string {
	list := make([]string, len(lines))
	for i, line := range lines {
		list[i] = "    " + line
	}
	return list
}
