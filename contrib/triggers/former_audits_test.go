package triggers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// audited is a query for everything that audits consist of but the log.
const audited = `SELECT (SELECT string_agg(pg_get_triggerdef(oid), E'\n' ORDER BY tgname) FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'audit.%')
	|| (SELECT string_agg(pg_get_functiondef(oid), E'\n' ORDER BY proname) FROM pg_proc WHERE pronamespace = 'audit'::regnamespace)`

// openLog returns the audit log of a database as readers open it.
func (d *database) openLog() *auditlog.Log {
	d.t.Helper()
	db, err := postgres.Connect(d.t.Context(), d.url)
	require.NoError(d.t, err)
	d.t.Cleanup(func() { _ = db.Close() })
	return auditlog.New(db)
}

// listed returns what a reader finds, a line for each record.
func (d *database) listed(q auditlog.Query) string {
	d.t.Helper()
	var list []string
	for r, err := range d.openLog().Records(d.t.Context(), q) {
		require.NoError(d.t, err)
		text := r.Operation + " " + r.Model + " " + string(r.Row)
		for _, c := range r.Changes() {
			text += fmt.Sprintf(" %s:%s->%s", c.Field, c.Old, c.New)
		}
		list = append(list, text)
	}
	return lines(list...)
}

// undo takes the last transaction with records of a table back.
func (d *database) undo(xid string) error {
	d.t.Helper()
	o, err := d.openLog().Undo(d.t.Context(), auditlog.Undo{Transaction: xid, Commit: true})
	if err == nil {
		o.Close(d.t.Context())
	}
	return err
}

// TestFormer_audits: a database that has audits from before gets them anew. What they
// recorded can be read and taken back before and after, and the way back leads to what
// was there.
func TestFormer_audits(t *testing.T) {
	t.Parallel()
	h, models := newFormer(t, "former_audits")
	h.run(`INSERT INTO item (name, doc) VALUES ('a', '{"x":1}'), ('b', NULL)`, `UPDATE item SET name = name || '!'`, `UPDATE item SET id = 3 WHERE id = 2`,
		`INSERT INTO kept ("at", place) VALUES ('here', 'there')`, `UPDATE kept SET "at" = 'gone'`, `SET timezone = 'Asia/Tokyo'`,
		`INSERT INTO rowed (n) VALUES ('2026-01-02 09:00+09')`, `RESET timezone`)
	want := lines(`INSERT shop.item {"id": 1} doc:->{"x": 1} id:->1 name:->"a"`, `INSERT shop.item {"id": 2} doc:->null id:->2 name:->"b"`,
		`UPDATE shop.item {"id": 1} name:"a"->"a!"`, `UPDATE shop.item {"id": 2} name:"b"->"b!"`, `UPDATE shop.item {"id": 3} id:2->3`,
		`INSERT shop.kept {"id": 1} at:->"here" id:->1 place:->"there"`, `UPDATE shop.kept {"id": 1} at:"here"->"gone"`,
		`INSERT shop.rowed {"id": 1} id:->1 n:->"2026-01-02T09:00:00+09:00"`)
	assert.Equal(t, want, h.listed(auditlog.Query{Oldest: true}), "as they are")
	before := h.one(audited)
	h.run(`UPDATE item SET name = 'c' WHERE id = 1`, `UPDATE kept SET place = NULL`)
	last := h.one(`SELECT max(xid::text::bigint)::text FROM audit.log`)
	require.NoError(t, h.undo(last), "as they are")
	h.run(`UPDATE item SET name = 'c' WHERE id = 1`)
	last = h.one(`SELECT max(xid::text::bigint)::text FROM audit.log`)

	h.migrate(models)
	assert.NotEqual(t, before, h.one(audited))
	assert.True(t, strings.HasPrefix(h.listed(auditlog.Query{Oldest: true}), want))
	require.NoError(t, h.undo(last))
	assert.Equal(t, "a!", h.one(`SELECT name FROM item WHERE id = 1`))
	h.run(`UPDATE kept SET place = 'again'`, `SET timezone = 'Asia/Tokyo'`, `UPDATE rowed SET n = n + interval '1 day'`, `RESET timezone`)
	assert.Equal(t, lines(`UPDATE shop.rowed {"id": 1} n:"2026-01-02T00:00:00+00:00"->"2026-01-03T00:00:00+00:00"`,
		`UPDATE shop.kept {"id": 1} place:null->"again"`), h.listed(auditlog.Query{Limit: 2}))
	assert.Equal(t, "1", h.one(`SELECT count(*)::text FROM audit.retention WHERE keep = '2 years' AND history = 'kept_history'`))
	assert.Empty(t, h.plan(models), "once is enough")
	h.steps, h.states = h.steps[:2], h.states[:3]

	h.rollback()
	assert.Equal(t, before, h.one(audited))
	h.run(`UPDATE kept SET place = 'back'`)
	assert.Equal(t, `UPDATE shop.kept {"id": 1} place:"again"->"back"`, h.listed(auditlog.Query{Limit: 1}))
	h.migrate(models)
	h.run(`UPDATE kept SET place = 'forth'`)
	assert.Equal(t, `UPDATE shop.kept {"id": 1} place:"back"->"forth"`, h.listed(auditlog.Query{Limit: 1}))
	h.rollback()
	h.run(formerFile(t, "former_audits", "down.sql"))
	assert.Equal(t, "0", h.one(`SELECT count(*)::text FROM pg_proc WHERE pronamespace = 'audit'::regnamespace`))
}
