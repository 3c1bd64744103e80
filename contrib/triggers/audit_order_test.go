package triggers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// order returns what is recorded by the transaction that some SQL is, in the order that
// readers go by.
func (d *database) order(sql ...string) string {
	d.t.Helper()
	return d.during(func() string {
		return d.one(`SELECT string_agg(concat_ws(' ', operation, table_name, row_id ->> 'id', new ->> 'n'), ', '
			ORDER BY least(place, id), place IS NULL, at, id) FROM audit.log WHERE xid = pg_current_xact_id()`)
	}, sql...)
}

// TestAudit_order: what triggers of a table do comes behind what they do it for, also
// where that changes the same rows again.
func TestAudit_order(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	p.model(t, "item", field{name: "n", typ: "integer"})
	p.model(t, "total", field{name: "n", typ: "integer"})
	p.audit(t, "item", nil)
	p.audit(t, "total", nil)
	d.install(p)
	d.run(`INSERT INTO total VALUES (1, 0)`, `CREATE FUNCTION add() RETURNS trigger LANGUAGE plpgsql AS
		'BEGIN UPDATE total SET n = n + NEW.n; RETURN NULL; END'`,
		`CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS
		'BEGIN UPDATE item SET n = n + 100 WHERE n < 10; RETURN NULL; END'`)
	for _, when := range []string{"FOR EACH ROW", "FOR EACH STATEMENT"} {
		for _, c := range []struct{ function, sql, want string }{
			{"add", `INSERT INTO item VALUES (1, 7)`, `INSERT item 1 7, UPDATE total 1 7`},
			{
				"add", `INSERT INTO item VALUES (1, 7); INSERT INTO item VALUES (2, 8)`,
				`INSERT item 1 7, UPDATE total 1 7, INSERT item 2 8, UPDATE total 1 15`,
			},
			{
				"again", `INSERT INTO item VALUES (1, 7), (2, 8)`,
				`INSERT item 1 7, INSERT item 2 8, UPDATE item 1 107, UPDATE item 2 108`,
			},
		} {
			if c.function == "add" && when == "FOR EACH STATEMENT" {
				continue
			}
			d.run(`CREATE TRIGGER "A" AFTER INSERT ON item ` + when + ` EXECUTE FUNCTION ` + c.function + `()`)
			assert.Equal(t, c.want, d.order(c.sql), c.sql)
			d.run(`DROP TRIGGER "A" ON item`)
		}
	}
	d.run(`CREATE TRIGGER "A" AFTER INSERT OR UPDATE ON item FOR EACH ROW EXECUTE FUNCTION again()`,
		`CREATE TRIGGER "B" AFTER UPDATE ON item FOR EACH ROW EXECUTE FUNCTION add()`)
	assert.Equal(t, `INSERT item 1 7, INSERT item 2 8, UPDATE item 1 107, UPDATE item 2 108, UPDATE total 1 107, UPDATE total 1 215`,
		d.order(`INSERT INTO item VALUES (1, 7), (2, 8)`), "triggers of triggers")
	assert.Equal(t, `UPDATE item 1 3, UPDATE item 1 103, UPDATE total 1 103, UPDATE total 1 106`,
		d.order(`ALTER TABLE item DISABLE TRIGGER "A"; INSERT INTO item VALUES (1, 4); ALTER TABLE item ENABLE TRIGGER "A"; DELETE FROM audit.log;
			UPDATE item SET n = 3`))
}

// TestAudit_order_of_merge: what a statement does to a table in several ways comes before
// what triggers do for it, and a key is free before it is taken again, whichever row was
// the first.
func TestAudit_order_of_merge(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	p.model(t, "item", field{name: "n", typ: "integer"}, field{name: "boss", to: "item", null: true, onDelete: "ON DELETE SET NULL"})
	p.model(t, "total", field{name: "n", typ: "integer"})
	p.audit(t, "item", nil)
	p.audit(t, "total", nil)
	d.install(p)
	d.run(`INSERT INTO item VALUES (1, 1, NULL), (2, 2, NULL), (3, 3, 2)`, `INSERT INTO total VALUES (1, 0)`,
		`CREATE FUNCTION add() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE total SET n = n + NEW.n; RETURN NULL; END'`)
	merge := `MERGE INTO item USING (VALUES (5, 9), (2, 2), (1, 1), (6, 7)) v(id, n) ON item.id = v.id
		WHEN MATCHED AND item.id = 2 THEN DELETE
		WHEN MATCHED THEN UPDATE SET n = 4
		WHEN NOT MATCHED AND v.id = 6 THEN INSERT VALUES (2, v.n)
		WHEN NOT MATCHED THEN INSERT VALUES (v.id, v.n)`
	for _, c := range []struct{ sql, changes, totals string }{
		{merge, `DELETE item 2, UPDATE item 1 4, UPDATE item 3, INSERT item 5 9, INSERT item 2 7`, `, UPDATE total 1 9, UPDATE total 1 16`},
		{
			`INSERT INTO item VALUES (9, 1), (2, 8), (2, 2) ON CONFLICT (id) DO UPDATE SET id = 4, n = 6, boss_id = NULL`,
			`UPDATE item 4 6, INSERT item 9 1, INSERT item 2 2`, `, UPDATE total 1 1, UPDATE total 1 3`,
		},
	} {
		if c.sql == merge && d.one(`SELECT (current_setting('server_version_num')::int < 150000)::text`) == "true" {
			continue
		}
		if c.sql != merge {
			d.run(`UPDATE item SET boss_id = NULL`)
		}
		assert.Equal(t, c.changes, d.order(c.sql), c.sql)
		d.run(`CREATE TRIGGER "A" AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION add()`)
		assert.Equal(t, c.changes+c.totals, d.order(c.sql), c.sql)
		d.run(`DROP TRIGGER "A" ON item`)
	}
}

// TestAudit_order_of_what_comes_first: what a trigger does before the row is written
// comes before it.
func TestAudit_order_of_what_comes_first(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, nil)
	d.run(`CREATE FUNCTION put() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM item WHERE id = NEW.id; RETURN NEW; END'`,
		`CREATE TRIGGER put BEFORE INSERT ON item FOR EACH ROW EXECUTE FUNCTION put()`, `INSERT INTO item VALUES (1, 1), (2, 2)`)
	assert.Equal(t, `DELETE item 1, DELETE item 2, INSERT item 1 5, INSERT item 2 6`, d.order(`INSERT INTO item VALUES (1, 5), (2, 6)`))
}

// TestAudit_order_is_the_writers: who forges marks gets another order of the own
// records, and no other place among those of others.
func TestAudit_order_is_the_writers(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, nil)
	d.run(`INSERT INTO item VALUES (1, 1)`, `BEGIN`)
	d.run(`SELECT set_config('whimbrel.audit_marks', ' 0/0/X=9@9' || ' 1/' || 'item'::regclass::oid || '/UPDATE=0@5', true)`, `UPDATE item SET n = 2`)
	assert.Equal(t, "INSERT 1, UPDATE 2", d.one(`SELECT string_agg(operation || ' ' || (new ->> 'n'), ', ' ORDER BY least(place, id), place IS NULL, at, id) FROM audit.log`))
	assert.Equal(t, "true", d.one(`SELECT bool_and(at >= transaction_timestamp())::text FROM audit.log WHERE operation = 'UPDATE'`))
	d.run(`COMMIT`)
}

// TestAudit_order_after_errors: a statement that was taken back leaves no mark.
func TestAudit_order_after_errors(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, nil)
	d.run(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.n = 9 THEN RAISE ''no''; END IF; RETURN NULL; END'`,
		`CREATE TRIGGER refuse AFTER INSERT ON item FOR EACH ROW EXECUTE FUNCTION refuse()`, `BEGIN`, `INSERT INTO item VALUES (1, 1)`, `SAVEPOINT s`)
	_, err := d.Exec(t.Context(), `INSERT INTO item VALUES (2, 9)`)
	assert.ErrorContains(t, err, "no")
	d.run(`ROLLBACK TO s`, `INSERT INTO item VALUES (3, 3)`)
	assert.Equal(t, "INSERT 1, INSERT 3", d.one(`SELECT string_agg(operation || ' ' || (row_id ->> 'id'), ', ' ORDER BY id) FROM audit.log WHERE place IS NULL`))
	assert.Equal(t, "", d.one(`SELECT current_setting('whimbrel.audit_marks')`))
	d.run(`COMMIT`)
}
