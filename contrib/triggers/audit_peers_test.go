package triggers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// TestCarta has what is known to go wrong with audit triggers that a framework's
// model option makes, each with a test that it does not here.
func TestCarta(t *testing.T) {
	t.Parallel()
	t.Run("a new model is audited, not only one that is there", func(t *testing.T) {
		t.Parallel()
		none, p := &project{}, &project{}
		p.model(t, "item", field{name: "n", typ: "integer"})
		p.audit(t, "item", nil)
		assert.Contains(t, kindsOf(operations(t, none.state(), p.state())), "triggers.create_audit_trigger")
		none.model(t, "item", field{name: "n", typ: "integer"})
		assert.Contains(t, kindsOf(operations(t, none.state(), p.state())), "triggers.create_audit_trigger", "one that is there")
	})
	t.Run("without its log an audit is not silently nothing", func(t *testing.T) {
		t.Parallel()
		d, _ := auditedItem(t, nil)
		for _, m := range triggers.New().Manifest().Implications {
			assert.Equal(t, triggers.AuditKind, m.ByKind, "the log is a dependency")
		}
		d.run(`DROP TABLE audit.log`)
		d.refuses(`does not exist`, `INSERT INTO item VALUES (1, 1)`)
	})
	t.Run("names are quoted and qualified", func(t *testing.T) {
		t.Parallel()
		d, p := newDatabase(t), &project{}
		d.run(`CREATE SCHEMA "My ""App"""`)
		p.model(t, `My "App"|Order's`, field{name: `a"b`, typ: "integer"})
		p.audit(t, `Order's`, nil)
		d.install(p)
		d.run(`SET search_path = pg_catalog`, `INSERT INTO "My ""App"""."Order's" VALUES (1, 2)`)
		assert.Equal(t, `Order's {"id": 1, "a\"b": 2}`, d.one(`SELECT table_name || ' ' || new FROM audit.log`))
	})
	t.Run("the context of a request is gone with its transaction", func(t *testing.T) {
		t.Parallel()
		d, _ := auditedItem(t, nil) // one session, as a pool has it
		for i, end := range []string{"COMMIT", "ROLLBACK"} {
			d.run(`BEGIN`, `SELECT set_config('whimbrel.audit_context', '{"user": "ann"}', true)`, fmt.Sprintf(`INSERT INTO item VALUES (%d, 1)`, 10+i), end)
			d.run(fmt.Sprintf(`INSERT INTO item VALUES (%d, 1)`, 20+i))
		}
		assert.Equal(t, "{\"user\": \"ann\"}, -, -", d.one(`SELECT string_agg(coalesce(context::text, '-'), ', ' ORDER BY id) FROM audit.log`))
	})
	t.Run("a temporary table is not taken for the log", func(t *testing.T) {
		t.Parallel()
		d, _ := auditedItem(t, nil)
		d.run(`CREATE TEMP TABLE log (LIKE audit.log)`, `CREATE TEMP TABLE new_rows (id bigint, n integer)`, `CREATE SCHEMA evil`,
			`CREATE FUNCTION evil.to_jsonb(anyelement) RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb'`,
			`CREATE FUNCTION evil.neq(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
			`CREATE OPERATOR evil.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = evil.neq)`,
			`SET search_path = evil, public, pg_catalog`)
		d.run(`INSERT INTO item VALUES (1, 1)`, `UPDATE item SET n = 2`)
		assert.Equal(t, `{"n": 1, "id": 1}, {"n": 2}`, d.one(`SELECT string_agg(new::text, ', ' ORDER BY id) FROM audit.log`))
	})
	t.Run("to switch an audit off takes nothing else with it", func(t *testing.T) {
		t.Parallel()
		d, p := auditedItem(t, nil)
		d.run(`ALTER TABLE item ADD FOREIGN KEY (n) REFERENCES item (id)`)
		off := detectOne(t, p.state(), nil, address.New(triggers.AuditKind, "shop", "item"), false)
		d.up(off.Operations)
		d.refuses("violates foreign key constraint", `INSERT INTO item VALUES (1, 99)`)
		for _, op := range off.Operations {
			assert.NotContains(t, statements(op.Up), "session_replication_role")
		}
	})
	t.Run("row security on the audited table hides nothing from the log", func(t *testing.T) {
		t.Parallel()
		d, _ := auditedItem(t, map[string]any{"truncate": "rows"})
		role := "writer_" + d.one(`SELECT oid::text FROM pg_database WHERE datname = current_database()`)
		d.run(`CREATE ROLE `+role, `GRANT ALL ON item TO `+role, `ALTER TABLE item ENABLE ROW LEVEL SECURITY`,
			`CREATE POLICY p ON item FOR INSERT TO `+role+` WITH CHECK (true)`)
		defer d.run(`DROP OWNED BY `+role, `DROP ROLE `+role)
		d.run(`SET ROLE `+role, `INSERT INTO item VALUES (1, 1)`, `TRUNCATE item`, `RESET ROLE`)
		assert.Equal(t, "INSERT TRUNCATE", d.one(`SELECT string_agg(operation, ' ' ORDER BY id) FROM audit.log`))
	})
}

func kindsOf(ops []operation.Operation) []string {
	kinds := make([]string, len(ops))
	for i, op := range ops {
		kinds[i] = op.Kind
	}
	return kinds
}

// TestAudit_replica: what replication writes is recorded with always, and only
// then.
func TestAudit_replica(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		attrs map[string]any
		want  string
	}{
		{nil, "0"},
		{map[string]any{"always": true}, "3"},
		{map[string]any{"always": true, "level": "statement"}, "3"},
	} {
		d, _ := auditedItem(t, c.attrs)
		d.run(`SET session_replication_role = replica`, `INSERT INTO item VALUES (1, 1)`, `UPDATE item SET id = 2`, `DELETE FROM item`)
		assert.Equal(t, c.want, d.one(`SELECT count(*)::text FROM audit.log`), c.attrs)
	}
}

// TestAudit_partitioned: a table that is made elsewhere, with partitions that are
// written to by their own names.
func TestAudit_partitioned(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	p.model(t, "item", field{name: "day", typ: "integer", key: true}, field{name: "id", typ: "integer", key: true}, field{name: "n", typ: "integer", null: true})
	p.objects[0].Attrs = []byte(`{"schema":"public","table":"item","unmanaged":true}`)
	p.tables = []string{
		`CREATE TABLE item (day integer, id integer, n integer, PRIMARY KEY (day, id)) PARTITION BY RANGE (day)`,
		`CREATE TABLE item_1 PARTITION OF item FOR VALUES FROM (0) TO (10)`,
		`CREATE TABLE item_2 (n integer, id integer NOT NULL, day integer NOT NULL)`,
		`ALTER TABLE item ATTACH PARTITION item_2 FOR VALUES FROM (10) TO (20)`,
	}
	a := p.audit(t, "item", nil)
	result := detectOne(t, nil, p.state(), a, false)
	require.Len(t, result.Diagnostics, 1)
	assert.Equal(t, "WH6101", result.Diagnostics[0].Code)
	for _, o := range p.objects {
		if o.Address == a {
			o.Attrs = []byte(`{"level":"row"}`)
		}
	}
	d.install(p)
	d.run(`INSERT INTO item VALUES (1, 1, 5)`)
	assert.Equal(t, `INSERT {"id": 2, "day": 11} - {"n": 6, "id": 2, "day": 11}`, d.records(`INSERT INTO item_2 VALUES (6, 2, 11)`))
	assert.Equal(t, `UPDATE {"id": 1, "day": 1} {"n": 5} {"n": 7}`, d.records(`UPDATE item SET n = 7`))
	assert.Equal(t, sorted(lines(`DELETE {"id": 1, "day": 1} {"n": 5, "id": 1, "day": 1} -`, `INSERT {"id": 1, "day": 12} - {"n": 5, "id": 1, "day": 12}`)),
		sorted(d.records(`UPDATE item SET day = 12`)), "a row that goes to another partition")
	assert.Equal(t, "item", d.one(`SELECT table_name FROM audit.log LIMIT 1`))
}

// TestAudit_exchanged_keys: each record is about one row.
func TestAudit_exchanged_keys(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"statement", "row"} {
		d, p := newDatabase(t), &project{}
		p.model(t, "item", field{name: "n", typ: "integer"})
		p.tables[0] = `CREATE TABLE item (id bigint, n integer NOT NULL, PRIMARY KEY (id) DEFERRABLE)`
		p.audit(t, "item", map[string]any{"level": level})
		d.install(p)
		d.run(`INSERT INTO item VALUES (1, 10), (2, 20), (3, 30)`)
		assert.Equal(t, sorted(lines(`UPDATE {"id": 2} {"id": 1} {"id": 2}`, `UPDATE {"id": 1} {"id": 2} {"id": 1}`)),
			sorted(d.records(`UPDATE item SET id = 3 - id WHERE id < 3`)))
		assert.Equal(t, sorted(lines(`UPDATE {"id": 2} {"id": 1} {"id": 2}`, `UPDATE {"id": 3} {"id": 2} {"id": 3}`, `UPDATE {"id": 4} {"id": 3} {"id": 4}`)),
			sorted(d.records(`UPDATE item SET id = id + 1`)))
		assert.Equal(t, `UPDATE {"id": 9} {"n": 30, "id": 3} {"n": 31, "id": 9}`, d.records(`UPDATE item SET id = 9, n = 31 WHERE id = 3`))
		assert.Equal(t, lines(`UPDATE {"id": 9} {"id": 3} {"id": 9}`, `UPDATE {"id": 1} {"n": 10} {"n": 11}`),
			d.records(`UPDATE item SET id = 9 WHERE id = 3; UPDATE item SET n = 11 WHERE id = 1`), "a later update of the transaction")
	}
}
