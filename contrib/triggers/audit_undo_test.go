package triggers_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// last is the number of the last transaction that is recorded.
const last = `SELECT max(xid::text::bigint)::text FROM (SELECT xid FROM audit.log) l`

// why returns the code and the detail of a refusal.
func why(err error) string {
	var d diag.Diagnostic
	if !errors.As(err, &d) {
		return "no diagnostic"
	}
	return d.Code + " " + d.Detail
}

// TestUndo_brings_back: every value is what it was, by whatever settings it was
// changed.
func TestUndo_brings_back(t *testing.T) {
	t.Parallel()
	for _, storage := range []string{"log", "history"} {
		h := newHistory(t, `model "item" {
  audit_trigger { storage = `+storage+` }
  field "at" { type = timestamptz }
  field "span" { type = interval }
  field "far" { type = double_precision }
  field "raw" { type = bytea }
  field "days" { type = array(date) }
  field "grid" {
    type = array(integer)
    null = true
  }
  field "doc" {
    type = json
    null = true
  }
  field "paid" { type = money }
}`)
		h.run(`INSERT INTO item ("at", span, far, raw, days, grid, doc, paid) VALUES
			('2026-01-02 03:04:05.678901+09', '-1 mon +2 days -03:00', 0.1, '\x00ff', '[3:4]={2026-01-02,2026-03-04}', '[-1:0]={1,2}', '"\u0000"', 12.5),
			('2026-01-02 03:04:05+00', '1 year', '1e300', '', '{}', '{}', '[1e200000, {"a":1, "a":2}]', -7)`)
		before := h.one(`SELECT string_agg(i::text, ' ' ORDER BY id) FROM item i`)
		h.run(odd...)
		h.run(`UPDATE item SET "at" = now(), span = '1 day', far = 7, raw = '', days = '{2026-01-01}', grid = '[2:2]={7}', doc = '1', paid = '1'`)
		h.run(`UPDATE item SET grid = NULL WHERE id = 1`, `DELETE FROM item`, `RESET ALL`)
		table := map[string]string{"log": "audit.log", "history": "audit.item_history"}[storage]
		for range 3 {
			require.NoError(t, h.undo(h.one(`SELECT max(xid::text::bigint)::text FROM `+table+` WHERE context IS NULL
				AND xid::text NOT IN (SELECT context ->> 'undo' FROM `+table+` WHERE context IS NOT NULL)`)), storage)
		}
		assert.Equal(t, before, h.one(`SELECT string_agg(i::text, ' ' ORDER BY id) FROM item i`), storage)
	}
}

// TestUndo_after_a_restore: transactions of the cluster that a log comes from can have
// the numbers of those of this one.
func TestUndo_after_a_restore(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, nil)
	d.run(`INSERT INTO item VALUES (1, 1), (2, 2)`, `UPDATE item SET n = 10 WHERE id = 1`)
	xid := d.one(last)
	again := func(began string) { // as of another cluster
		d.run(`INSERT INTO audit.log (at, xid, xid_at, operation, model, table_name, row_id, old, new)
			VALUES ('2025-01-02 03:04Z', '` + xid + `', ` + began + `, 'UPDATE', 'shop.item', 'item', '{"id": 2}', '{"n": 1}', '{"n": 2}')`)
	}
	again(`'2025-01-02 03:03Z'`)
	err := d.undo(xid)
	assert.Contains(t, why(err), "WH5408")
	assert.Contains(t, why(err), "2025-01-02 03:04:00.000 UTC to 2025-01-02 03:04:00.000 UTC")
	undo := func(u auditlog.Undo) error {
		u.Transaction, u.Commit = xid, true
		o, err := d.openLog().Undo(t.Context(), u)
		if err == nil {
			o.Close(t.Context())
		}
		return err
	}
	require.NoError(t, undo(auditlog.Undo{Since: "1h"}))
	assert.Equal(t, "1 1, 2 2", d.one(`SELECT string_agg(id || ' ' || n, ', ' ORDER BY id) FROM item`))
	require.NoError(t, undo(auditlog.Undo{Until: "2025-01-02 03:05"}))
	assert.Equal(t, "1 1, 2 1", d.one(`SELECT string_agg(id || ' ' || n, ', ' ORDER BY id) FROM item`))
	assert.Contains(t, why(undo(auditlog.Undo{Since: "2025-03-01", Until: "2025-04-01"})), "Its number is the xid")

	// Of what is older than that, only the times tell.
	d.run(`DELETE FROM audit.log`, `UPDATE item SET n = 5 WHERE id = 2`)
	xid = d.one(last)
	d.run(`CREATE TABLE kept AS SELECT * FROM audit.log`, `DELETE FROM audit.log`, `UPDATE kept SET xid_at = NULL`)
	d.run(`INSERT INTO audit.log OVERRIDING SYSTEM VALUE SELECT * FROM kept`)
	again(`NULL`)
	assert.Contains(t, why(d.undo(xid)), "WH5408")
	require.NoError(t, undo(auditlog.Undo{Since: "1h"}))
	assert.Equal(t, "1 1, 2 1", d.one(`SELECT string_agg(id || ' ' || n, ', ' ORDER BY id) FROM item`))
}

// TestUndo_with_triggers: rows are as they were before the transaction, also those that
// triggers of users change while it is undone, and it is not those that are in the way.
func TestUndo_with_triggers(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	p.model(t, "orders", field{name: "total", typ: "integer"})
	p.model(t, "line", field{name: "order", typ: "integer"}, field{name: "n", typ: "integer"})
	p.audit(t, "orders", nil)
	p.audit(t, "line", nil)
	d.install(p)
	d.run(`CREATE FUNCTION add() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS 'BEGIN
			IF TG_OP <> ''INSERT'' THEN UPDATE orders SET total = total - OLD.n WHERE id = OLD."order"; END IF;
			IF TG_OP <> ''DELETE'' THEN UPDATE orders SET total = total + NEW.n WHERE id = NEW."order"; END IF;
			RETURN NULL;
		END'`,
		`CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.total := NEW.total | 1; RETURN NEW; END'`,
		`INSERT INTO orders VALUES (1, 0), (2, 0)`, `INSERT INTO line VALUES (1, 1, 10), (2, 1, 20)`, `UPDATE orders SET total = 30 WHERE id = 1`)
	rows := `SELECT (SELECT string_agg(id || ' ' || total, ', ' ORDER BY id) FROM orders) || '; ' ||
		(SELECT coalesce(string_agg(concat_ws(' ', id, "order", n), ', ' ORDER BY id), '') FROM line)`
	before := `1 30, 2 0; 1 1 10, 2 1 20`
	for _, timing := range []string{"TRIGGER", "CONSTRAINT TRIGGER"} {
		deferred := map[string]string{"CONSTRAINT TRIGGER": " DEFERRABLE INITIALLY DEFERRED"}[timing]
		d.run(`CREATE ` + timing + ` "A" AFTER INSERT OR UPDATE OR DELETE ON line` + deferred + ` FOR EACH ROW EXECUTE FUNCTION add()`)
		for _, c := range []struct{ sql, after string }{
			{`INSERT INTO line VALUES (3, 1, 1), (4, 1, 2), (5, 2, 4)`, `1 33, 2 4; 1 1 10, 2 1 20, 3 1 1, 4 1 2, 5 2 4`},
			{`INSERT INTO line VALUES (3, 2, 1); INSERT INTO line VALUES (4, 2, 2)`, `1 30, 2 3; 1 1 10, 2 1 20, 3 2 1, 4 2 2`},
			{`DELETE FROM line WHERE id < 3`, `1 0, 2 0; `},
			{`UPDATE line SET "order" = 2, n = n + 1`, `1 0, 2 32; 1 2 11, 2 2 21`},
			{`UPDATE line SET id = id + 5; DELETE FROM line WHERE id = 6; INSERT INTO line VALUES (1, 2, 3)`, `1 20, 2 3; 1 2 3, 7 1 20`},
			{`INSERT INTO line VALUES (3, 1, 1); DELETE FROM line WHERE id = 3`, before},
		} {
			d.run(c.sql)
			require.Equal(t, c.after, d.one(rows), c.sql)
			xid := d.one(last)
			require.NoError(t, d.undo(xid), c.sql)
			require.Equal(t, before, d.one(rows), c.sql)
		}
		d.run(`INSERT INTO line VALUES (3, 1, 1)`)
		xid := d.one(last)
		d.run(`UPDATE orders SET total = total + 5 WHERE id = 1`)
		assert.Contains(t, why(d.undo(xid)), "WH5405", "somebody else has changed it since")
		d.run(`UPDATE orders SET total = total - 5 WHERE id = 1`)
		require.NoError(t, d.undo(xid))
		d.run(`DROP TRIGGER "A" ON line`)
	}
	d.run(`UPDATE orders SET total = 31 WHERE id = 1`)
	xid := d.one(last)
	d.run(`CREATE TRIGGER odd BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION odd()`)
	message := why(d.undo(xid))
	assert.Contains(t, message, "WH5407")
	assert.Contains(t, message, `shop.orders {"id":1} has other values in total`)
	assert.Equal(t, `1 31, 2 0; 1 1 10, 2 1 20`, d.one(rows))
}

// TestUndo_added_columns: what a history table does not know of a column is known after
// a restore as well, where the numbers of transactions tell nothing.
func TestUndo_added_columns(t *testing.T) {
	t.Parallel()
	model := func(more string) string {
		return `model "item" {
  audit_trigger { storage = history }
  field "n" { type = integer }
` + more + `}`
	}
	h := newHistory(t, model(""))
	h.run(`INSERT INTO item (n) VALUES (1)`)
	h.migrate(model("  field \"rank\" {\n    type = integer\n    null = true\n    default = 5\n  }\n"))
	h.run(`UPDATE item SET n = 2`)
	h.run(`ALTER TABLE audit.item_history RENAME TO dumped`, `CREATE TABLE audit.item_history (LIKE audit.dumped INCLUDING ALL)`,
		`INSERT INTO audit.item_history OVERRIDING SYSTEM VALUE SELECT * FROM audit.dumped`)
	h.run(`DO $$ BEGIN
		EXECUTE format('COMMENT ON TABLE audit.item_history IS %L', obj_description('audit.dumped'::regclass));
		PERFORM setval(pg_get_serial_sequence('audit.item_history', 'history_id'), max(history_id)) FROM audit.dumped;
		DROP TABLE audit.dumped;
		EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', pg_get_serial_sequence('audit.item_history', 'history_id'), audit.history_part('item_history', 'seq'));
	END $$`)
	assert.Equal(t, `UPDATE shop.item {"id": 1} n:1->2`, h.listed(auditlog.Query{Limit: 1}))
	require.NoError(t, h.undo(h.one(`SELECT max(xid::text::bigint)::text FROM audit.item_history`)))
	assert.Equal(t, "1 5", h.one(`SELECT n || ' ' || rank FROM item`))
}

// TestUndo_renamed: records have the names that columns had then. What is renamed is
// found and taken back by its name of now, what is gone is not taken for what has its
// name now.
func TestUndo_renamed(t *testing.T) {
	t.Parallel()
	for _, storage := range []string{"log", "history"} {
		model := func(fields string) string {
			return "model \"item\" {\n  audit_trigger { storage = " + storage + " }\n  primary_key { fields = [" + map[bool]string{true: "nr", false: "code"}[fields[0] == 'n'] + "] }\n" + fields[1:] + "}\n"
		}
		h := newHistory(t, model(`c  field "code" { type = integer }
  field "a" { type = integer }
  field "b" { type = integer }
`))
		table := map[string]string{"log": "audit.log", "history": "audit.item_history"}[storage]
		h.run(`INSERT INTO item VALUES (1, 10, 20), (2, 11, 21)`)
		h.run(`UPDATE item SET a = 100, b = 200 WHERE code = 1`)
		first := h.one(`SELECT max(xid::text::bigint)::text FROM ` + table)
		h.run(`UPDATE item SET code = 3 WHERE code = 2`)
		moved := h.one(`SELECT max(xid::text::bigint)::text FROM ` + table)
		h.migrate(model(`n  field "nr" {
    type = integer
    renamed_from = "code"
  }
  field "x" {
    type = integer
    renamed_from = "a"
  }
  field "b" { type = integer }
  field "a" {
    type = integer
    null = true
    default = 7
  }
`))
		names := []auditlog.Name{{Name: "shop.item"}}
		keys, err := h.openLog().Keys(t.Context(), names, "nr=1")
		require.NoError(t, err)
		life, err := h.openLog().Life(t.Context(), names, keys)
		require.NoError(t, err)
		require.Len(t, life, 2, storage)
		assert.Equal(t, "100", string(auditlog.Steps(life)[1].State["x"]), storage)
		keys, err = h.openLog().Keys(t.Context(), names, "3")
		require.NoError(t, err)
		life, err = h.openLog().Life(t.Context(), names, keys)
		require.NoError(t, err)
		require.Len(t, life, 2, storage+": through a change of the key")
		require.NoError(t, h.undo(first), storage)
		require.NoError(t, h.undo(moved), storage)
		assert.Equal(t, "1 10 20 7, 2 11 21 7", h.one(`SELECT string_agg(concat_ws(' ', nr, x, b, a), ', ' ORDER BY nr) FROM item`), storage)

		h.run(`UPDATE item SET a = 8, b = 9 WHERE nr = 1`)
		gone := h.one(`SELECT max(xid::text::bigint)::text FROM ` + table)
		h.migrate(model(`n  field "nr" { type = integer }
  field "x" { type = integer }
  field "b" { type = integer }
`))
		h.migrate(model(`n  field "nr" { type = integer }
  field "x" { type = integer }
  field "b" { type = integer }
  field "a" {
    type = integer
    default = 0
  }
`))
		err = h.undo(gone)
		if storage == "log" {
			assert.Contains(t, why(err), `the table has no column a`, storage)
		}
		assert.Equal(t, "1 10 9 0", h.one(`SELECT concat_ws(' ', nr, x, b, a) FROM item WHERE nr = 1`), storage)
	}
}

// TestUndo_exchanged: two fields that exchange their columns.
func TestUndo_exchanged(t *testing.T) {
	t.Parallel()
	d, old, now := newDatabase(t), &project{}, &project{}
	old.model(t, "item", field{name: "a", typ: "integer"}, field{name: "b", typ: "integer"})
	now.model(t, "item", field{name: "a", column: "b", typ: "integer"}, field{name: "b", column: "a", typ: "integer"})
	old.audit(t, "item", nil)
	now.audit(t, "item", nil)
	exchange := []string{`ALTER TABLE item RENAME a TO c`, `ALTER TABLE item RENAME b TO a`, `ALTER TABLE item RENAME c TO b`}
	d.install(old)
	d.run(`INSERT INTO item VALUES (1, 1, 2)`, `UPDATE item SET a = 10`)
	xid := d.one(last)
	result := d.replaced(old, now, "item", exchange...)
	require.NoError(t, d.undo(xid))
	assert.Equal(t, "1 2", d.one(`SELECT b || ' ' || a FROM item`))
	d.run(`UPDATE item SET a = 20`)
	xid = d.one(last)
	d.down(result.Operations[1:])
	d.run(exchange...)
	d.down(result.Operations[:1])
	require.NoError(t, d.undo(xid))
	assert.Equal(t, "1 2", d.one(`SELECT a || ' ' || b FROM item`))
}

// TestKeys: a key is found however it is spelled, and whoever wrote it.
func TestKeys(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	types := map[string][]string{
		"timestamptz": {"2026-01-02 09:00+09", "2026-01-02T00:00:00Z", "2026-01-02 00:00", `{"k": "2026-01-02 01:00+01"}`},
		"bytea":       {`\x00FF`, `\x00ff`, `\000\377`},
		"uuid":        {"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "{a0eebc999c0b4ef8bb6d6bb9bd380a11}"},
		"numeric":     {"1.50", "1.5", " 1.500", "k=1.5"},
		"integer":     {"42", " 42", "042"},
		"interval":    {"1 day 24:00", "1 day +24 hours"},
		"char(5)":     {"ab", "ab   "},
		"date":        {"2026-1-2", "2026-01-02", "Jan 2 2026"},
		"boolean":     {"true", "t", "yes"},
	}
	for typ := range types {
		p.model(t, typ, field{name: "k", typ: typ, key: true}, field{name: "n", typ: "integer", null: true})
		p.audit(t, typ, nil)
	}
	d.install(p)
	log := d.openLog()
	for typ, spellings := range types {
		table, text := address.Quote(typ), spellings[0]
		d.run(`INSERT INTO `+table+` VALUES ('`+text+`', 1)`, `SET timezone = 'Asia/Tokyo'`, `SET bytea_output = escape`, `SET intervalstyle = iso_8601`,
			`UPDATE `+table+` SET n = 2`, `RESET ALL`)
		names := []auditlog.Name{{Name: "shop." + typ}}
		for _, s := range spellings {
			keys, err := log.Keys(t.Context(), names, s)
			require.NoError(t, err, s)
			life, err := log.Life(t.Context(), names, keys)
			require.NoError(t, err, s)
			assert.Len(t, life, 2, typ+" "+s)
		}
		_, err := log.Keys(t.Context(), names, "no such value")
		assert.NoError(t, err, typ)
	}
}

// TestKeys_from_before: a key that two writers had printed in two ways is one.
func TestKeys_from_before(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	p.model(t, "item", field{name: "k", typ: "timestamptz", key: true}, field{name: "n", typ: "integer", null: true})
	p.audit(t, "item", nil)
	d.install(p)
	for _, k := range []string{"2026-01-02T09:00:00+09:00", "2026-01-02T01:00:00+01:00"} {
		d.run(`INSERT INTO audit.log (xid_at, operation, model, table_name, row_id, old, new) VALUES (NULL, 'UPDATE', 'shop.item', 'item', '{"k": "` + k + `"}', '{"n": 1}', '{"n": 2}')`)
	}
	names := []auditlog.Name{{Name: "shop.item"}}
	keys, err := d.openLog().Keys(t.Context(), names, "2026-01-02")
	require.NoError(t, err)
	life, err := d.openLog().Life(t.Context(), names, keys)
	require.NoError(t, err)
	assert.Len(t, life, 2)
}
