package triggers_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
)

// witnesses write each change of a row down, independently of audits.
const witnesses = `CREATE TABLE witness (xid xid8, operation text, table_name text, id text);
CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		INSERT INTO witness VALUES (pg_current_xact_id(), TG_OP, TG_ARGV[0], OLD.id);
	ELSIF TG_OP = 'INSERT' OR OLD::text <> NEW::text THEN
		INSERT INTO witness VALUES (pg_current_xact_id(), TG_OP, TG_ARGV[0], NEW.id);
	END IF;
	RETURN NULL;
END $$;`

func witnessed() string {
	text := witnesses
	for _, table := range auditedTables {
		text += fmt.Sprintf("CREATE TRIGGER zz_witness AFTER INSERT OR UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION witness('%[1]s');", table)
	}
	return text
}

// An auditRace is sessions that write the same rows.
type auditRace struct {
	*auditTrial
	sync.Mutex
	committed map[string]bool // transactions by their numbers
	faults    []string
}

// race lets sessions write, and returns a fault or nothing. Columns get other names
// on the way.
func (r *auditTrial) race(transactions int) string {
	r.t.Helper()
	c := &auditRace{auditTrial: r, committed: map[string]bool{}}
	r.run(witnessed())
	for half, a := range ages {
		if half > 0 {
			r.enter(a)
		}
		c.together(half, transactions/2)
	}
	if len(c.faults) > 0 {
		return c.fault("%s", lines(c.faults...))
	}
	p, fault := r.explained(r.openLog())
	for xid := range p.xids {
		if !c.committed[xid] {
			return c.fault("transaction %s was not committed, and is recorded", xid)
		}
	}
	if fault == "" {
		fault = r.witnessed()
	}
	return fault
}

// together has all sessions write.
func (c *auditRace) together(half, transactions int) {
	var all sync.WaitGroup
	for i := range sessions {
		w := c.auditWrites
		w.writes = newWrites(c.world, c.seed*100+uint64(half*sessions+i))
		d := &database{t: c.t, url: c.url, Conn: connect(c.t, c.url)}
		d.run("SET deadlock_timeout = '20ms'", "SET lock_timeout = '1s'")
		all.Go(func() {
			for range transactions {
				c.transact(d, w)
			}
		})
	}
	all.Wait()
}

// inAuditRaces are the errors that random writes can end in.
var inAuditRaces = append(inRaces, "55P03", "55000", "21000", "27000", "23502")

// transact runs one transaction in a session.
func (c *auditRace) transact(d *database, w auditWrites) {
	begin := "BEGIN ISOLATION LEVEL " + w.pick(rc, rc, rr, sr)
	notes := []string{begin}
	_, err := d.Exec(c.t.Context(), begin)
	list := w.work()
	for len(list) > 0 && err == nil {
		sql := list[0]
		list = list[1:]
		if !strings.HasSuffix(sql, " o") {
			sql = "SAVEPOINT s; " + sql
		}
		_, err = d.Exec(c.t.Context(), sql)
		notes = append(notes, sql+": "+code(err))
		if err != nil && slices.Contains(inAuditRaces, code(err)) && code(err) != "40001" && code(err) != "40P01" {
			_, err = d.Exec(c.t.Context(), "ROLLBACK TO s")
		}
	}
	c.end(d, w.pick("COMMIT", "COMMIT", "COMMIT", "ROLLBACK"), notes, err)
}

// end ends a transaction.
func (c *auditRace) end(d *database, sql string, notes []string, err error) {
	var xid *string
	if err == nil {
		err = d.QueryRow(c.t.Context(), "SELECT pg_current_xact_id_if_assigned()::text", pgx.QueryExecModeExec).Scan(&xid)
	}
	if err == nil {
		_, err = d.Exec(c.t.Context(), sql)
	}
	_, _ = d.Exec(c.t.Context(), "ROLLBACK")
	c.Lock()
	defer c.Unlock()
	for _, line := range notes {
		c.note("%d: %s", d.PgConn().PID(), line)
	}
	c.note("%d: %s: %q", d.PgConn().PID(), sql, code(err))
	if !slices.Contains(inAuditRaces, code(err)) {
		c.faults = append(c.faults, err.Error()+": "+strings.Join(notes, "; "))
	}
	if err == nil && sql == "COMMIT" && xid != nil {
		c.committed[*xid] = true
	}
}

// witnessed compares the records with what was written down, change by change.
func (r *auditTrial) witnessed() string {
	records := "SELECT xid, operation, table_name, row_id ->> 'id' FROM audit.log"
	if r.storage == "history" {
		var list []string
		for _, table := range auditedTables {
			list = append(list, "SELECT xid, operation, '"+table+"', id::text FROM audit."+table+"_history")
		}
		records = strings.Join(list, " UNION ALL ")
	}
	records = "SELECT * FROM (" + records + ") r(xid, operation, table_name, id) WHERE operation <> 'TRUNCATE'"
	for _, q := range [][2]string{{records, "TABLE witness"}, {"TABLE witness", records}} {
		if more := r.one("SELECT string_agg(w::text, ' ') FROM (" + "(" + q[0] + ") EXCEPT ALL (" + q[1] + ")) w"); more != "NULL" {
			return r.fault("not in both (%s): %s", q[0], more)
		}
	}
	return ""
}
