package triggers_test

import (
	"fmt"
	"strings"
)

// auditWrites makes random statements for tables that are audited.
type auditWrites struct {
	writes
	merges bool // the server has MERGE
	apart  bool // parts of one statement do not meet each other's rows by triggers
}

// change returns a statement that writes, in one of many ways.
func (w auditWrites) change() string {
	switch n := w.IntN(11); {
	case n == 10:
		return w.turn()
	case n < 6:
		return w.statement()
	case n < 9 && w.apart, !w.merges && w.apart:
		return w.both()
	case n < 9, !w.merges:
		return w.statement()
	}
	return w.merge()
}

// turn returns an update of many keys after which they are in the opposite order: who
// pairs old and new rows by the order of their keys takes one for another. Keys go
// where others do not, or come back from there.
func (w auditWrites) turn() string {
	return fmt.Sprintf("UPDATE %s SET id = %d - id WHERE id %s %d", w.table().name, 2*w.ids+1, w.pick("<=", "<=", ">", ">"), w.ids)
}

// both returns a statement that writes two tables, or one twice. The parts are recorded
// one after another, each with what triggers did for it: so they are such that triggers
// do nothing.
func (w auditWrites) both() string {
	first, second := w.plain(), w.plain()
	return "WITH first AS (" + first + " RETURNING 1) " + second + w.pick("", " RETURNING (SELECT count(*) FROM first)")
}

// plain returns a write that can be a part of another one. What is partitioned is not
// in it: its rows are recorded one by one.
func (w auditWrites) plain() string {
	t := w.world.tables[w.IntN(len(w.world.tables)-1)]
	if w.IntN(3) == 0 {
		names, values := w.row(t)
		return fmt.Sprintf("INSERT INTO %s (id, %s) VALUES (%s, %s)", t.name, strings.Join(names, ", "), w.id(), strings.Join(values, ", "))
	}
	return fmt.Sprintf("UPDATE %s SET %s WHERE %s", t.name, w.assignment(t), w.where(t))
}

// merge returns a MERGE: some rows come, some get other values or keys, some go and
// come again. Not of nodes: what foreign keys of rows that go update is recorded with the
// updates of the statement, before the rows that come, which can be among it.
func (w auditWrites) merge() string {
	t := w.world.tables[1+w.IntN(len(w.world.tables)-1)]
	names, values := w.row(t)
	deleted := w.pick("true", "v.id = 1", t.name+".id > 2")
	return fmt.Sprintf(`MERGE INTO %s USING (VALUES (%s, %s), (%s, %s), (NULL, %s)) v(m, id) ON %[1]s.id = v.m
		WHEN MATCHED AND %[7]s THEN DELETE WHEN MATCHED THEN UPDATE SET %[8]s
		WHEN NOT MATCHED THEN INSERT (id, %[9]s) VALUES (v.id, %[10]s)`,
		t.name, w.id(), w.id(), w.id(), w.id(), w.id(), deleted, w.assignment(t), strings.Join(names, ", "), strings.Join(values, ", "))
}

// setting returns what changes how the session works.
func (w auditWrites) setting() string {
	return "SET LOCAL" + strings.TrimPrefix(w.pick(append(odd, "SET search_path = pg_temp, public", "SET plan_cache_mode = force_generic_plan",
		"SET enable_hashjoin = off", "SET whimbrel.audit_context = '{\"actor\": \"ann\"}'", "SET jit_above_cost = 0")...), "SET")
}

// work returns the statements of a transaction: savepoint o is gone back to or kept.
func (w auditWrites) work() []string {
	var list []string
	for range 1 + w.IntN(2)*w.IntN(5) {
		switch w.IntN(10) {
		case 0:
			list = append(list, w.setting())
		case 1:
			list = append(list, "SAVEPOINT o", w.change(), w.change(), w.pick("ROLLBACK TO o", "RELEASE o"))
		}
		list = append(list, w.change())
	}
	return list
}
