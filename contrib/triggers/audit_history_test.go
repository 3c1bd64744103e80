package triggers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

var inHistory = map[string]any{"storage": "history"}

// kept returns what a history table has besides who and when.
func (d *database) kept(table string) string {
	d.t.Helper()
	return d.one(`SELECT string_agg(operation || ' ' || (to_jsonb(h) - '{history_id,at,xid,operation,db_user,context,xid_at,place}'::text[])::text, E'\n' ORDER BY history_id)
		FROM audit.` + address.Quote(table) + ` h`)
}

// during runs statements, returns the answer of f, and takes all back.
func (d *database) during(f func() string, sql ...string) string {
	d.t.Helper()
	d.run("BEGIN")
	defer d.run("ROLLBACK")
	d.run(sql...)
	return f()
}

// TestAudit_history: the new row of an insert and update, the old one of a delete.
func TestAudit_history(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"statement", "row"} {
		t.Run(level, func(t *testing.T) {
			t.Parallel()
			d := newDatabase(t)
			p := &project{}
			p.model(t, "a", field{name: "n", typ: "numeric(8,2)", null: true}, field{name: "operation", typ: "varchar(5)[]", null: true})
			p.audit(t, "a", map[string]any{"storage": "history", "level": level, "truncate": "rows"})
			ops := d.install(p)
			d.run(`INSERT INTO a VALUES (1, 1.5, '{x}'), (2, 2, NULL)`, `DELETE FROM audit.a_history`)
			after := func(sql ...string) string { return d.during(func() string { return d.kept("a_history") }, sql...) }

			assert.Equal(t, `INSERT {"n": 3.00, "id": 3, "old_row_id": null, "operation_": null}`, after(`INSERT INTO a VALUES (3, 3)`))
			assert.Equal(t, `UPDATE {"n": 9.00, "id": 1, "old_row_id": null, "operation_": ["x"]}`, after(`UPDATE a SET n = 9 WHERE id = 1`))
			assert.Equal(t, `NULL`, after(`UPDATE a SET n = n`))
			assert.Equal(t, `DELETE {"n": 1.50, "id": 1, "old_row_id": null, "operation_": ["x"]}`, after(`DELETE FROM a WHERE id = 1`))
			assert.Equal(t, `TRUNCATE {"n": 1.50, "id": 1, "old_row_id": null, "operation_": ["x"]}`, after(`DELETE FROM a WHERE id = 2`, `DELETE FROM audit.a_history`, `TRUNCATE a`))
			assert.Equal(t, `UPDATE {"n": 1.50, "id": 7, "old_row_id": {"id": 1}, "operation_": ["x"]}`, after(`UPDATE a SET id = 7 WHERE id = 1`))
			d.run(`INSERT INTO a VALUES (5)`)
			assert.Equal(t, "bigint numeric character varying[]", d.one(`SELECT concat_ws(' ', pg_typeof(id), pg_typeof(n), pg_typeof(operation_)) FROM audit.a_history`))
			d.run(`DELETE FROM audit.a_history`)
			assert.Equal(t, "0", d.one(`SELECT count(*)::text FROM audit.log`))

			d.run(`RESET whimbrel.audit_retention`, `INSERT INTO a VALUES (4)`)
			d.refuses("cannot be changed", `UPDATE audit.a_history SET n = 0`, `DELETE FROM audit.a_history`, `TRUNCATE audit.a_history`)
			d.down(ops)
			assert.Equal(t, "1", d.one(`SELECT count(*)::text FROM audit.a_history`), "what has records stays")
			d.up(ops)
			d.run(`SET whimbrel.audit_retention = 'on'`, `DELETE FROM audit.a_history`)
			d.down(ops)
			assert.Equal(t, "NULL", d.one(`SELECT to_regnamespace('audit')::text`), "nothing else does")
		})
	}
}

// TestAudit_history_of_odd_types: what belongs to an extension or to the project
// is text, and so is what is masked; lengths do not matter.
func TestAudit_history_of_odd_types(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	d.run(`CREATE EXTENSION hstore SCHEMA public`)
	p := &project{}
	p.model(t, `it's`, field{name: "h", typ: "hstore", null: true}, field{name: "pin", typ: "integer", null: true},
		field{name: "Time", typ: "timestamptz(0)", null: true}, field{name: "c", typ: "char(3)", null: true}, field{name: "b", typ: "bit(3)", null: true})
	p.audit(t, `it's`, map[string]any{"storage": "history", "mask": []address.Ref{address.RefTo(fieldAt(`it's`, "pin"))}})
	d.install(p)
	d.run(`INSERT INTO "it's" VALUES (1, 'a=>1', 1234, '2020-01-02 03:04:05Z', 'x', '101')`)
	assert.Equal(t, "text text timestamp with time zone bpchar bit varying", d.one(`SELECT concat_ws(' ', pg_typeof(h), pg_typeof(pin), pg_typeof("Time"),
		CASE WHEN pg_typeof(c) = 'character'::regtype THEN 'bpchar' END, pg_typeof(b)) FROM audit."it's_history"`))
	assert.Equal(t, `"a"=>"1" [masked]`, d.one(`SELECT h || ' ' || pin FROM audit."it's_history"`))
	d.run(`DROP EXTENSION hstore CASCADE`)
}

// replaced takes the audit of a model from a project to another, with sql between.
func (d *database) replaced(old, now *project, m string, sql ...string) detect.Result {
	d.t.Helper()
	a := address.New(triggers.AuditKind, "shop", m)
	result := detectOne(d.t, old.state(), now.state(), a, true)
	require.Len(d.t, result.Operations, 2)
	d.up(result.Operations[:1])
	d.run(sql...)
	d.up(result.Operations[1:])
	return result
}

// TestAudit_history_follows its table: columns and the table that are renamed,
// exchanged, dropped, added and of another type.
func TestAudit_history_follows(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	old, now := &project{}, &project{}
	old.model(t, "item", field{name: "x", typ: "integer"}, field{name: "y", typ: "integer"}, field{name: "gone", typ: "text"},
		field{name: "wide", typ: "integer"}, field{name: "turned", typ: "text"})
	now.model(t, "item", field{name: "x", column: "y", typ: "integer"}, field{name: "y", column: "x", typ: "integer"},
		field{name: "wide", typ: "bigint"}, field{name: "turned", typ: "integer"}, field{name: "more", typ: "text", null: true})
	table, err := state.Encode(model.Model{Schema: "public", Table: "article"})
	require.NoError(t, err)
	now.objects[0].Attrs = table
	old.audit(t, "item", inHistory)
	now.audit(t, "item", inHistory)
	d.install(old)
	d.run(`INSERT INTO item VALUES (1, 10, 20, 'g', 5, 'no number')`)
	forth := []string{
		`ALTER TABLE item RENAME x TO z`, `ALTER TABLE item RENAME y TO x`, `ALTER TABLE item RENAME z TO y`, `ALTER TABLE item DROP gone`,
		`ALTER TABLE item ALTER wide TYPE bigint`, `ALTER TABLE item ALTER turned TYPE integer USING 7`, `ALTER TABLE item ADD more text`,
		`ALTER TABLE item RENAME TO article`,
	}
	result := d.replaced(old, now, "item", forth...)
	d.run(`INSERT INTO article (id, y, x, wide, turned) VALUES (2, 1, 2, 9000000000, 3)`)
	assert.Equal(t, lines(
		`INSERT {"x": 20, "y": 10, "id": 1, "gone": "g", "more": null, "wide": 5, "turned": null, "turned_1": "no number", "old_row_id": null}`,
		`INSERT {"x": 2, "y": 1, "id": 2, "gone": null, "more": null, "wide": 9000000000, "turned": 3, "turned_1": null, "old_row_id": null}`,
	), d.kept("article_history"))
	assert.Equal(t, "NULL", d.one(`SELECT to_regclass('audit.item_history')::text`))

	for i := len(result.Operations) - 1; i >= 0; i-- { // and back
		d.down(result.Operations[i : i+1])
		if i == 1 {
			d.run(`ALTER TABLE article RENAME TO item`, `ALTER TABLE item RENAME y TO z`, `ALTER TABLE item RENAME x TO y`, `ALTER TABLE item RENAME z TO x`,
				`ALTER TABLE item ADD gone text`, `ALTER TABLE item DROP more`, `ALTER TABLE item ALTER turned TYPE text`, `DELETE FROM item`)
		}
	}
	d.run(`INSERT INTO item (id, x, y, gone, wide, turned) VALUES (3, 30, 40, 'h', 6, 't')`)
	assert.Equal(t, "10 20, 1 2, 30 40", d.one(`SELECT string_agg(x || ' ' || y, ', ' ORDER BY history_id) FROM audit.item_history`))
}

// TestAudit_history_names: a name is of one table only, and a table can be
// declared again.
func TestAudit_history_names(t *testing.T) {
	t.Parallel()
	p := &project{}
	p.model(t, "a|same", field{name: "n", typ: "integer"})
	p.objects[0].Address = at("same")
	first := p.audit(t, "same", inHistory)
	other, err := state.Encode(model.Model{Schema: "b", Table: "same"})
	require.NoError(t, err)
	p.model(t, "b|second", field{name: "n", typ: "integer"})
	second := p.audit(t, "second", inHistory)
	for _, o := range p.objects {
		if o.Address == at("second") {
			o.Attrs = other
		}
	}
	for _, a := range []address.Address{first, second} {
		result := detectOne(t, nil, p.state(), a, false)
		require.Len(t, result.Diagnostics, 1)
		assert.Equal(t, "WH6122", result.Diagnostics[0].Code)
	}
	p.objects = p.objects[:len(p.objects)-1]
	second = p.audit(t, "second", map[string]any{"storage": "history", "history": "other_history"})
	assert.Empty(t, detectOne(t, nil, p.state(), second, false).Diagnostics)
	assert.Empty(t, detectOne(t, nil, p.state(), first, false).Diagnostics)
}

// TestAudit_turned_off keeps what is recorded, and on again goes on with it.
func TestAudit_turned_off(t *testing.T) {
	t.Parallel()
	for _, attrs := range []map[string]any{nil, inHistory} {
		d := newDatabase(t)
		none, p := &project{}, &project{}
		none.model(t, "a", field{name: "n", typ: "integer"})
		p.model(t, "a", field{name: "n", typ: "integer"})
		p.audit(t, "a", attrs)
		count := `SELECT count(*)::text FROM audit.log`
		if attrs != nil {
			count = `SELECT count(*)::text FROM audit.a_history`
		}
		d.install(p)
		d.run(`INSERT INTO a VALUES (1, 1)`)
		off := detectOne(t, p.state(), none.state(), address.New(triggers.AuditKind, "shop", "a"), false)
		d.up(off.Operations)
		d.run(`INSERT INTO a VALUES (2, 2)`)
		assert.Equal(t, "1", d.one(count))
		d.up(detectOne(t, none.state(), p.state(), address.New(triggers.AuditKind, "shop", "a"), false).Operations)
		d.run(`INSERT INTO a VALUES (3, 3)`)
		assert.Equal(t, "2", d.one(count))
	}
}
