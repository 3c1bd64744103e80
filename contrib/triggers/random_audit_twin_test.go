package triggers_test

import (
	"slices"
	"strings"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
)

// unaudited has what audits record nothing.
const unaudited = `DO $$ DECLARE s text; BEGIN
	FOR s IN SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) FROM pg_trigger WHERE tgname LIKE '%audit\_%' AND tgparentid = 0 LOOP
		EXECUTE s;
	END LOOP;
END $$`

// An auditDuet is a database, and another one that does the same and is not audited.
type auditDuet struct {
	*auditTrial
	twin *auditTrial
	past []moment
}

// A moment is a transaction with what there was before.
type moment struct{ xid, before string }

// alone writes in one session, and returns a fault or nothing. Columns get other names
// on the way; at the end, transactions are undone.
func (r *auditTrial) alone(transactions int) string {
	r.t.Helper()
	d := auditDuet{auditTrial: r, twin: newAuditTrial(r.t, r.storage, r.seed)}
	d.twin.run(unaudited)
	for i := range transactions {
		if i == transactions*2/3 {
			d.enter(ages[1])
			d.twin.enter(ages[1])
			d.twin.run(unaudited)
			d.past = nil
		}
		if fault := d.transact(); fault != "" {
			return fault
		}
	}
	log := r.openLog()
	if _, fault := r.explained(log); fault != "" {
		return fault
	}
	if fault := d.undone(log); fault != "" {
		return fault
	}
	_, fault := r.explained(log)
	return fault
}

func (d *auditDuet) runs(sql string) {
	d.t.Helper()
	d.run(sql)
	d.twin.run(sql)
}

// transact runs one transaction on both.
func (d *auditDuet) transact() string {
	now := moment{before: d.contents("public")}
	d.runs("BEGIN")
	for _, sql := range d.work() {
		if fault := d.statement(sql); fault != "" {
			return fault
		}
	}
	now.xid = d.one("SELECT pg_current_xact_id_if_assigned()::text")
	end := d.pick("COMMIT", "COMMIT", "COMMIT", "COMMIT", "ROLLBACK")
	_, err := d.Exec(d.t.Context(), end)
	_, other := d.twin.Exec(d.t.Context(), end)
	d.note("%s of %s: %q", end, now.xid, code(err))
	if code(err) != code(other) {
		return d.fault("%v, but without audits %v", err, other)
	}
	if is, without := d.contents("public"), d.twin.contents("public"); is != without {
		return d.fault("there is\n%s\nwithout audits\n%s", is, without)
	}
	if err == nil && end == "COMMIT" {
		d.past = append(d.past, now)
	}
	return ""
}

// statement runs one statement on both. What fails is taken back.
func (d *auditDuet) statement(sql string) string {
	inside := !strings.HasSuffix(sql, " o")
	if inside {
		d.runs("SAVEPOINT s")
	}
	_, err := d.Exec(d.t.Context(), sql)
	_, other := d.twin.Exec(d.t.Context(), sql)
	d.note("%s: %q", sql, code(err))
	if code(err) != code(other) {
		return d.fault("%v, but without audits %v", err, other)
	}
	if err != nil {
		d.runs("ROLLBACK TO s")
	}
	return ""
}

// undone takes some of the last transactions back, the last one first. Where triggers
// of users change rows too, it can be refused, and rows that the transaction did not
// write are their affair.
func (d *auditDuet) undone(log *auditlog.Log) string {
	for range min(len(d.past), 5+d.IntN(20)) {
		last := d.past[len(d.past)-1]
		d.past = d.past[:len(d.past)-1]
		if last.before == d.contents("public") && d.silent(last.xid) {
			continue
		}
		rows := d.written(log, last.xid)
		o, err := log.Undo(d.t.Context(), auditlog.Undo{Transaction: last.xid, Commit: true})
		d.note("undo of %s: %v", last.xid, err)
		again := err != nil && strings.Contains(why(err), "refer to it by now") // a key that went and came again
		if again || err != nil && d.first != "" {
			return ""
		}
		if err != nil {
			return d.fault("undo of %s: %v %s", last.xid, err, why(err))
		}
		o.Close(d.t.Context())
		is := d.contents("public")
		if is == last.before {
			continue
		}
		if d.first == "" || of(rows, is) != of(rows, last.before) {
			return d.fault("undo of %s: there is\n%s\nthere was\n%s", last.xid, is, last.before)
		}
		return ""
	}
	return ""
}

// written returns how the rows of a transaction begin in the contents.
func (d *auditDuet) written(log *auditlog.Log, xid string) []string {
	d.t.Helper()
	var list []string
	for r, err := range log.Records(d.t.Context(), auditlog.Query{Transaction: xid}) {
		require.NoError(d.t, err)
		for _, key := range []string{keyOf(r.Row, nil), keyOf(r.Row, r.Old)} {
			fields := auditlog.FieldsOf([]byte(key))
			begins := r.Table + " (" + string(fields["id"]) + ","
			delete(fields, "id")
			for _, value := range fields { // one, or none
				begins += string(value) + ","
			}
			list = append(list, begins)
		}
	}
	return list
}

// of returns the lines that begin like one of those in a list.
func of(list []string, text string) string {
	return lines(slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool {
		return !slices.ContainsFunc(list, func(begins string) bool { return strings.HasPrefix(line, begins) })
	})...)
}

// silent reports whether nothing is recorded of a transaction.
func (d *auditDuet) silent(xid string) bool {
	return d.one("SELECT ("+d.counted("xid = '"+xid+"'")+" = 0)::text") == "true"
}

// counted returns the query for how many records fulfil a condition.
func (r *auditTrial) counted(condition string) string {
	if r.storage == "log" {
		return "(SELECT count(*) FROM audit.log WHERE " + condition + ")"
	}
	var list []string
	for _, table := range auditedTables {
		list = append(list, "(SELECT count(*) FROM audit."+table+"_history WHERE "+condition+")")
	}
	return strings.Join(list, " + ")
}
