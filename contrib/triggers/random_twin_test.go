package triggers_test

import (
	"strings"

	"github.com/stretchr/testify/require"
)

// unguarded drops the constraint triggers that are in a database.
const unguarded = `DO $$ DECLARE s text; BEGIN
	FOR s IN SELECT format('DROP TRIGGER %I ON %s', tgname, tgrelid::regclass) FROM pg_trigger WHERE tgname LIKE 'ct%' LOOP
		EXECUTE s;
	END LOOP;
END $$`

// A duet is a database, and another one without constraint triggers that does the
// same.
type duet struct {
	*trial
	twin  *database
	early bool // constraints are checked before the end of the transaction
}

// alone writes in one session, and returns a fault or nothing.
func (r *trial) alone(transactions int) string {
	r.t.Helper()
	twin := newHistory(r.t, r.models)
	twin.run(unguarded)
	d := duet{trial: r, twin: twin.database}
	var work [][]string
	for i := range transactions {
		if i%10 == 0 {
			work = append(work, d.beginning()...)
		}
		work = append(work, d.transaction())
	}
	for _, list := range work {
		if fault := d.transact(list); fault != "" {
			return fault
		}
	}
	return ""
}

// violates reports whether the constraint is broken in the twin.
func (d *duet) violates() bool {
	broken, err := d.violated(d.twin)
	require.NoError(d.t, err)
	return broken
}

func (d *duet) runs(sql string) {
	d.run(sql)
	d.twin.run(sql)
}

// transact runs one transaction on both.
func (d *duet) transact(list []string) string {
	begin := "BEGIN ISOLATION LEVEL " + d.pick(d.levels()...)
	d.note("%s", begin)
	d.runs(begin)
	d.early = d.timing != "deferred"
	for _, sql := range list {
		if fault := d.statement(sql); fault != "" {
			return fault
		}
	}
	if _, err := d.twin.Exec(d.t.Context(), checkNow); err != nil { // its foreign keys
		d.note("ROLLBACK: %v", err)
		d.runs("ROLLBACK")
		return ""
	}
	return d.commit()
}

// statement runs one statement. A refusal is right if the twin is broken behind
// it. What fails on one of the two is taken back on both.
func (d *duet) statement(sql string) string {
	if sql == checkNow || sql == atOnce {
		d.early = true
	}
	d.runs("SAVEPOINT s")
	_, err := d.Exec(d.t.Context(), sql)
	_, other := d.twin.Exec(d.t.Context(), sql)
	broken := false
	if other == nil {
		broken = d.violates()
	}
	d.note("%s: %q, %q, %v", sql, code(err), code(other), broken)
	if err != nil || other != nil {
		d.runs("ROLLBACK TO s")
	}
	return d.judge(sql, err, other, broken)
}

func (d *duet) judge(sql string, err, other error, broken bool) string {
	refused := code(err) == "23514" && other == nil
	switch {
	case refused && !broken && (!d.acts() || sql == checkNow):
		return d.fault("refused what is right: %v", err)
	case refused && !d.early && !strings.HasPrefix(sql, "TRUNCATE"): // which is checked at once
		return d.fault("refused before its time: %v", err)
	case sql == checkNow && err == nil && other == nil && broken:
		return d.fault("checked, although it is broken")
	case code(err) != code(other) && code(err) != "23514" && code(err) != "55006":
		return d.fault("%v, but without triggers %v", err, other)
	}
	return ""
}

// commit ends the transaction on both.
func (d *duet) commit() string {
	broken := d.violates()
	_, err := d.Exec(d.t.Context(), "COMMIT")
	d.note("COMMIT: %q, %v", code(err), broken)
	switch {
	case err == nil && broken:
		return d.fault("committed, although it is broken")
	case err != nil && !(broken && code(err) == "23514"):
		return d.fault("refused what is right: %v", err)
	case err != nil:
		d.twin.run("ROLLBACK")
		return ""
	}
	d.twin.run("COMMIT")
	return ""
}
