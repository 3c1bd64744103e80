package triggers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
)

// An auditTrial is a database whose tables are audited.
type auditTrial struct {
	*history
	auditWrites
	auditSetting
	seed uint64
	log  []string
}

func newAuditTrial(t *testing.T, storage string, seed uint64) *auditTrial {
	t.Helper()
	w := newWrites(world{}, seed)
	r := &auditTrial{auditWrites: auditWrites{writes: w}, auditSetting: randomAudit(w, storage), seed: seed}
	r.history = newHistory(t)
	r.merges = r.one("SELECT (current_setting('server_version_num')::int >= 150000)::text") == "true"
	r.apart = r.first == ""
	r.run(slots)
	r.enter(ages[0])
	return r
}

// enter goes on to an age.
func (r *auditTrial) enter(a age) {
	r.t.Helper()
	r.migrate(r.models(a))
	r.world.tables = a.writables()
	r.run(r.triggers(a))
	for _, table := range auditedTables[:3] { // so that rows are where they are on a twin
		r.run("ALTER TABLE " + table + " SET (autovacuum_enabled = off)")
	}
}

func (r *auditTrial) note(format string, args ...any) {
	r.log = append(r.log, fmt.Sprintf(format, args...))
}

// fault returns what went wrong, with what was done before.
func (r *auditTrial) fault(format string, args ...any) string {
	last := r.log[max(0, len(r.log)-40):]
	return fmt.Sprintf("seed %d: %s\n%+v\n%s", r.seed, fmt.Sprintf(format, args...), r.auditSetting, strings.Join(last, "\n"))
}

// TestRandomAudit writes at random, alone beside a twin that is not audited, and in
// three sessions that race. The records must explain each row. Longer:
//
//	go test ./contrib/triggers -run TestRandomAudit -random 30m -timeout 0
func TestRandomAudit(t *testing.T) {
	t.Parallel()
	for _, storage := range []string{"log", "history"} {
		t.Run(storage, func(t *testing.T) {
			t.Parallel()
			first, transactions := uint64(1), 150
			if *randomFor > 0 {
				first, transactions = uint64(time.Now().Unix())<<16, 4000
			}
			until := time.Now().Add(*randomFor)
			for seed := first; seed < first+2 || time.Now().Before(until); seed++ {
				if !t.Run(fmt.Sprint(seed), func(t *testing.T) { auditAtRandom(t, storage, seed, transactions) }) {
					return
				}
			}
		})
	}
}

func auditAtRandom(t *testing.T, storage string, seed uint64, transactions int) {
	t.Helper()
	require.Empty(t, newAuditTrial(t, storage, seed).alone(transactions))
	require.Empty(t, newAuditTrial(t, storage, seed).race(transactions/2))
}

// explained replays the records, and compares what that makes with the tables.
func (r *auditTrial) explained(log *auditlog.Log) (*replay, string) {
	r.t.Helper()
	p, fault := replayed(r.database, log)
	if fault != "" {
		return p, r.fault("%s", fault)
	}
	if want, got := r.contents("public"), p.copied(r.database); want != got {
		return p, r.fault("there is\n%s\nthe records make\n%s\n%s", want, got, p.differing(want, got))
	}
	return p, ""
}
