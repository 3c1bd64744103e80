package triggers_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
)

// records returns what statements leave in the log, a line for each record:
// operation, row_id, old, new. They are taken back.
func (d *database) records(sql string) string {
	d.t.Helper()
	d.run("BEGIN", "DELETE FROM audit.log")
	defer d.run("ROLLBACK")
	d.run(sql)
	return d.one(`SELECT string_agg(concat_ws(' ', operation, row_id, coalesce(old::text, '-'), coalesce(new::text, '-')), E'\n' ORDER BY id) FROM audit.log`)
}

func lines(list ...string) string { return strings.Join(list, "\n") }

func TestAudit(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"statement", "row"} {
		t.Run(level, func(t *testing.T) {
			t.Parallel()
			testAudit(t, map[string]any{"new": "full", "level": level})
		})
	}
}

func testAudit(t *testing.T, attrs map[string]any) {
	t.Helper()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "account", field{name: "name", typ: "text"}, field{name: "doc", typ: "json", null: true})
	p.model(t, "entry", field{name: "account", to: "account", onDelete: "ON DELETE CASCADE ON UPDATE CASCADE"})
	p.audit(t, "account", attrs)
	p.audit(t, "entry", attrs)
	ops := d.install(p)
	d.run(`INSERT INTO account VALUES (1, 'a', '{}'), (2, 'b', NULL), (3, 'c', NULL)`, `INSERT INTO entry VALUES (7, 3), (8, 3)`)

	for _, c := range []struct{ sql, want string }{
		{`INSERT INTO account VALUES (4, 'd', '[1]')`, `INSERT {"id": 4} - {"id": 4, "doc": [1], "name": "d"}`},
		{`UPDATE account SET name = 'x' WHERE id < 3`, lines(
			`UPDATE {"id": 1} {"name": "a"} {"id": 1, "doc": {}, "name": "x"}`,
			`UPDATE {"id": 2} {"name": "b"} {"id": 2, "doc": null, "name": "x"}`)},
		{`UPDATE account SET doc = NULL WHERE id < 3`, `UPDATE {"id": 1} {"doc": {}} {"id": 1, "doc": null, "name": "a"}`},
		{`UPDATE account SET name = name`, `NULL`},
		{`UPDATE account SET name = 'x' WHERE id = 99`, `NULL`},
		{`DELETE FROM account WHERE id = 2`, `DELETE {"id": 2} {"id": 2, "doc": null, "name": "b"} -`},
		{`DELETE FROM account WHERE id = 3`, lines(
			`DELETE {"id": 7} {"id": 7, "account_id": 3} -`, `DELETE {"id": 8} {"id": 8, "account_id": 3} -`,
			`DELETE {"id": 3} {"id": 3, "doc": null, "name": "c"} -`)},
		{`TRUNCATE entry`, `TRUNCATE - -`},
		{`INSERT INTO account VALUES (1, 'n'), (5, 'e') ON CONFLICT (id) DO UPDATE SET name = excluded.name`, lines(
			`UPDATE {"id": 1} {"name": "a"} {"id": 1, "doc": {}, "name": "n"}`, `INSERT {"id": 5} - {"id": 5, "doc": null, "name": "e"}`)},
		// Keys that move: each record is about one row, also where another row has its key now.
		{`ALTER TABLE account DROP CONSTRAINT account_pkey CASCADE; UPDATE account SET id = id % 3 + 1`, lines(
			`UPDATE {"id": 2} {"id": 1} {"id": 2, "doc": {}, "name": "a"}`,
			`UPDATE {"id": 3} {"id": 2} {"id": 3, "doc": null, "name": "b"}`,
			`UPDATE {"id": 1} {"id": 3} {"id": 1, "doc": null, "name": "c"}`)},
		{`UPDATE account SET id = 30 WHERE id = 3`, lines(
			`UPDATE {"id": 7} {"account_id": 3} {"id": 7, "account_id": 30}`, `UPDATE {"id": 8} {"account_id": 3} {"id": 8, "account_id": 30}`,
			`UPDATE {"id": 30} {"id": 3} {"id": 30, "doc": null, "name": "c"}`)},
	} {
		assert.Equal(t, sorted(c.want), sorted(d.records(c.sql)), c.sql)
	}

	d.run(`BEGIN`, `DELETE FROM audit.log`)
	_, err := d.PgConn().CopyFrom(t.Context(), strings.NewReader("10\tx\t\\N\n11\ty\t\\N\n"), `COPY account FROM STDIN`)
	require.NoError(t, err)
	assert.Equal(t, "2", d.one(`SELECT count(*)::text FROM audit.log WHERE operation = 'INSERT' AND model = 'shop.account'
		AND table_name = 'account' AND db_user = session_user AND xid = pg_current_xact_id() AND at > now() - interval '1 hour'`))
	d.run(`ROLLBACK`)

	d.down(ops)
	assert.Equal(t, "0 0", d.one(`SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal) || ' ' ||
		(SELECT count(*) FROM pg_proc WHERE pronamespace = 'audit'::regnamespace)`))
	assert.NotEqual(t, "0", d.one(`SELECT count(*)::text FROM audit.log`), "a log with records stays")
	d.up(ops)
	d.run(`DELETE FROM audit.log`)
	d.down(ops)
	assert.Equal(t, "NULL", d.one(`SELECT to_regnamespace('audit')::text`), "an empty one goes")
}

func sorted(text string) []string { // of one statement
	list := strings.Split(text, "\n")
	for i := range list {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	return list
}

func TestAudit_context(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "item", field{name: "context", typ: "text", null: true})
	p.audit(t, "item", nil)
	d.install(p)
	for setting, want := range map[string]string{
		``:                `NULL`,
		`{"user": "ann"}`: `{"user": "ann"}`,
		`ann's`:           `"ann's"`,
		`"\u0000"`:        `"\"\\u0000\""`,
	} {
		d.run(`BEGIN`, `SET LOCAL whimbrel.audit_context = `+address.Literal(setting), `INSERT INTO item VALUES (1, 'x')`)
		assert.Equal(t, want, d.one(`SELECT context::text FROM audit.log`), setting)
		d.run(`ROLLBACK`)
	}
	d.run(`INSERT INTO item VALUES (1, 'x')`)
	assert.Equal(t, "NULL", d.one(`SELECT context::text FROM audit.log`), "the setting of another transaction does not stay")
}

func TestAudit_chosen_fields(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "a", field{name: "x", typ: "integer"}, field{name: "y", typ: "integer"})
	p.model(t, "b", field{name: "x", typ: "integer"}, field{name: "y", typ: "integer"})
	p.audit(t, "a", map[string]any{"exclude": []address.Ref{address.RefTo(fieldAt("a", "y"))}})
	p.audit(t, "b", map[string]any{"fields": []address.Ref{address.RefTo(fieldAt("b", "y"))}})
	d.install(p)
	d.run(`INSERT INTO a VALUES (1, 1, 1)`, `INSERT INTO b VALUES (1, 1, 1)`)
	assert.Equal(t, `UPDATE {"id": 1} {"x": 1} {"x": 2}`, d.records(`UPDATE a SET x = 2, y = 2`))
	assert.Equal(t, `NULL`, d.records(`UPDATE a SET y = 2`))
	assert.Equal(t, `UPDATE {"id": 1} {"y": 1} {"y": 2}`, d.records(`UPDATE b SET x = 2, y = 2`))
	assert.Equal(t, `NULL`, d.records(`UPDATE b SET x = 2`))
}

// TestAudit_of_anything: names that clash with everything in the function, keys
// and values whose type has an odd equality or none, more columns than a function
// has arguments, a writer without rights.
func TestAudit_of_anything(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	d.run(`CREATE EXTENSION citext SCHEMA public`, `CREATE EXTENSION hstore SCHEMA public`, `CREATE SCHEMA "My App"`,
		`CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`)
	p := &project{}
	m := `Our "best" $whimbrel$ 'orders'`
	fields := []field{
		{name: "old", typ: "citext", key: true},
		{name: "it's", typ: "text", key: true, collate: "any_case"},
		{name: "context", typ: "interval", null: true},
		{name: "new_rows", typ: "point", null: true},
		{name: "TG_OP", typ: "hstore", null: true},
		{name: "setting", typ: "xml", null: true},
		{name: "audit", typ: "json[]", null: true},
		{name: "n", typ: "text", null: true, collate: "any_case"},
		{name: "r", typ: "box", null: true},
	}
	for i := range 60 {
		fields = append(fields, field{name: fmt.Sprintf("column %d", i), typ: "integer", null: true})
	}
	p.model(t, `My App|`+m, fields...)
	p.audit(t, m, nil)
	d.install(p)
	table := `"My App"."Our ""best"" $whimbrel$ 'orders'"`
	role := "clerk_" + d.one(`SELECT oid::text FROM pg_database WHERE datname = current_database()`)
	d.run(`CREATE ROLE `+role, `GRANT USAGE ON SCHEMA "My App" TO `+role, `GRANT ALL ON `+table+` TO `+role)
	defer d.run(`DROP OWNED BY `+role, `DROP ROLE `+role)
	d.run(`SET ROLE `+role, `INSERT INTO `+table+` (old, "it's", context, new_rows, "TG_OP", setting, audit, n, r)
		VALUES ('a', 'b', '30 days', '(1,2)', 'a=>1', '<a/>', '{null}', 'n', '(0,0),(2,2)')`, `RESET ROLE`)
	assert.Equal(t, `{"old": "a", "it's": "b"} 69`, d.one(`SELECT row_id::text || ' ' || (SELECT count(*) FROM jsonb_object_keys(new)) FROM audit.log`))
	for set, want := range map[string]string{
		`context = '1 month'`:        `{"context": "30 days"}`,
		`new_rows = '(1,3)'`:         `{"new_rows": "(1,2)"}`,
		`"TG_OP" = 'a=>2'`:           `{"TG_OP": {"a": "1"}}`,
		`setting = '<b/>'`:           `{"setting": "<a/>"}`,
		`audit = '{"{}"}'`:           `{"audit": [null]}`,
		`n = 'N'`:                    `{"n": "n"}`,
		`r = '(1,1),(3,3)'`:          `{"r": "(2,2),(0,0)"}`,
		`"column 59" = 1`:            `{"column 59": null}`,
		`old = 'A'`:                  `{"old": "a"}`,
		`"it's" = 'B', "TG_OP" = ''`: `{"it's": "b", "TG_OP": {"a": "1"}}`,
		`old = 'a', n = 'n'`:         `NULL`,
	} {
		d.run(`BEGIN`, `DELETE FROM audit.log`, `SET LOCAL ROLE `+role, `UPDATE `+table+` SET `+set, `RESET ROLE`)
		assert.Equal(t, want, d.one(`SELECT max(old::text) FROM audit.log`), set)
		d.run(`ROLLBACK`)
	}
}

func TestAudit_mask_context_actor(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "person", field{name: "name", typ: "text"}, field{name: "pin", typ: "text", null: true}, field{name: "seen", typ: "integer"})
	p.audit(t, "person", map[string]any{
		"mask":    []address.Ref{address.RefTo(fieldAt("person", "pin"))},
		"exclude": []address.Ref{address.RefTo(fieldAt("person", "seen"))},
		"context": "app.request", "actor": "app.who", "new": "changed",
	})
	d.install(p)
	assert.Equal(t, `INSERT {"id": 2} - {"id": 2, "pin": "[masked]", "name": "b"}`, d.records(`INSERT INTO person VALUES (2, 'b', '1234', 0)`))
	d.run(`INSERT INTO person VALUES (1, 'a', '1234', 0)`)
	assert.Equal(t, `UPDATE {"id": 1} {"pin": "[masked]"} {"pin": "[masked]"}`, d.records(`UPDATE person SET pin = '9'`))
	assert.Equal(t, `UPDATE {"id": 1} {"pin": "[masked]"} {"pin": null}`, d.records(`UPDATE person SET pin = NULL`))
	assert.Equal(t, `NULL`, d.records(`UPDATE person SET seen = 1`))
	assert.Equal(t, `DELETE {"id": 1} {"id": 1, "pin": "[masked]", "name": "a"} -`, d.records(`DELETE FROM person`))
	assert.Equal(t, "0", d.one(`SELECT count(*)::text FROM audit.log l WHERE l::text LIKE '%1234%'`))
	for sql, want := range map[string]string{
		`SELECT`:                          `NULL`,
		`SET LOCAL app.who = 'ann'`:       `{"actor": "ann"}`,
		`SET LOCAL app.request = 'GET /'`: `"GET /"`,
		`SET LOCAL app.request = '{"a":1}'; SET LOCAL app.who = 'ann'`: `{"a": 1, "actor": "ann"}`,
		`SET LOCAL app.request = 'GET /'; SET LOCAL app.who = 'ann'`:   `{"actor": "ann", "context": "GET /"}`,
	} {
		d.run(`BEGIN`, `DELETE FROM audit.log`, sql, `UPDATE person SET name = 'c'`)
		assert.Equal(t, want, d.one(`SELECT context::text FROM audit.log`), sql)
		d.run(`ROLLBACK`)
	}
}

func TestAudit_truncate_and_snapshot(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "a", field{name: "n", typ: "integer"})
	p.model(t, "b", field{name: "n", typ: "integer"})
	d.run(p.tables...)
	p.tables = nil
	d.run(`INSERT INTO a VALUES (1, 10), (2, 20)`)
	p.audit(t, "a", map[string]any{"truncate": "rows", "snapshot": true})
	p.audit(t, "b", map[string]any{"truncate": "refuse"})
	ops := d.install(p)
	assert.Equal(t, `SNAPSHOT {"id": 1} {"n": 10, "id": 1}, SNAPSHOT {"id": 2} {"n": 20, "id": 2}`,
		d.one(`SELECT string_agg(concat_ws(' ', operation, row_id, new), ', ' ORDER BY row_id) FROM audit.log`))
	assert.Equal(t, lines(`TRUNCATE {"id": 1} {"n": 10, "id": 1} -`, `TRUNCATE {"id": 2} {"n": 20, "id": 2} -`), d.records(`TRUNCATE a`))
	d.refuses(`table "b" cannot be truncated`, `TRUNCATE a, b`)
	again := detectOne(t, p.state(), p.state(), ops[1].Target, true)
	d.up(again.Operations)
	assert.Equal(t, "2", d.one(`SELECT count(*)::text FROM audit.log`), "an audit that is only made again takes no second snapshot")
}

// TestAudit_truncate_in_a_snapshot: TRUNCATE takes rows away that the snapshot of its
// transaction does not show. They could not be recorded.
func TestAudit_truncate_in_a_snapshot(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"statement", "row"} {
		d, _ := auditedItem(t, map[string]any{"truncate": "rows", "level": level})
		other := connect(t, d.url)
		for _, isolation := range []string{rr, sr} {
			d.run(`BEGIN ISOLATION LEVEL `+isolation, `SELECT`)
			_, err := other.Exec(t.Context(), `INSERT INTO item VALUES (1, 1) ON CONFLICT DO NOTHING`)
			require.NoError(t, err)
			_, err = d.Exec(t.Context(), `TRUNCATE item`)
			assert.Equal(t, "55000", code(err), isolation)
			d.run(`ROLLBACK`)
		}
		d.run(`BEGIN ISOLATION LEVEL `+rc, `SELECT`)
		_, err := other.Exec(t.Context(), `INSERT INTO item VALUES (2, 2)`)
		require.NoError(t, err)
		d.run(`TRUNCATE item`, `COMMIT`)
		assert.Equal(t, "2", d.one(`SELECT count(*)::text FROM audit.log WHERE operation = 'TRUNCATE'`))
	}
}

// TestAudit_the_log_is_append_only, but old records can be taken out by who says so.
func TestAudit_the_log_is_append_only(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "a", field{name: "n", typ: "integer"})
	p.audit(t, "a", nil)
	ops := d.install(p)
	d.run(`INSERT INTO a VALUES (1, 10)`)
	d.accepts(`DELETE FROM audit.log WHERE at < now()`)
	d.refuses(`the audit log cannot be changed`, `UPDATE audit.log SET db_user = 'nobody'`)
	d.run(`RESET whimbrel.audit_retention`)
	d.refuses(`the audit log cannot be changed`, `UPDATE audit.log SET db_user = 'nobody'`, `DELETE FROM audit.log`,
		`TRUNCATE audit.log`, `TRUNCATE audit.log CASCADE`, `MERGE INTO audit.log USING a ON true WHEN MATCHED THEN DELETE`)
	d.down(ops)
	assert.Equal(t, "1 0", d.one(`SELECT (SELECT count(*) FROM audit.log) || ' ' || (SELECT count(*) FROM pg_proc WHERE pronamespace = 'audit'::regnamespace)`))
}

// TestAudit_merge: each row that MERGE writes is recorded once.
func TestAudit_merge(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "a", field{name: "n", typ: "integer"})
	p.audit(t, "a", nil)
	d.install(p)
	d.run(`INSERT INTO a VALUES (1, 1), (2, 2)`)
	assert.Equal(t, sorted(lines(`INSERT {"id": 3} - {"n": 9, "id": 3}`, `UPDATE {"id": 1} {"n": 1} {"n": 9}`, `DELETE {"id": 2} {"n": 2, "id": 2} -`)),
		sorted(d.records(`MERGE INTO a USING (VALUES (1), (2), (3)) v(id) ON a.id = v.id
			WHEN MATCHED AND a.id = 2 THEN DELETE WHEN MATCHED THEN UPDATE SET n = 9 WHEN NOT MATCHED THEN INSERT VALUES (v.id, 9)`)))
}
