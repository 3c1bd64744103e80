package triggers_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestAudit_twice: a row that one statement changes twice has two records, each with
// what that change did.
func TestAudit_twice(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"statement", "row"} {
		d, p := newDatabase(t), &project{}
		p.model(t, "user", field{name: "name", typ: "text"})
		p.model(t, "post",
			field{name: "author", to: "user", null: true, onDelete: "ON DELETE SET NULL ON UPDATE CASCADE"},
			field{name: "editor", to: "user", null: true, onDelete: "ON DELETE SET NULL ON UPDATE CASCADE"})
		p.audit(t, "post", map[string]any{"level": level})
		d.install(p)
		d.run(`INSERT INTO "user" VALUES (1, 'a'), (2, 'b')`, `INSERT INTO post VALUES (7, 1, 1), (8, 1, 2)`)
		assert.Equal(t, sorted(lines(
			`UPDATE {"id": 7} {"author_id": 1} {"author_id": null}`, `UPDATE {"id": 8} {"author_id": 1} {"author_id": null}`,
			`UPDATE {"id": 7} {"editor_id": 1} {"editor_id": null}`,
		)), sorted(d.records(`DELETE FROM "user" WHERE id = 1`)), "two keys of one row to one parent")
		assert.Equal(t, sorted(lines(
			`UPDATE {"id": 7} {"author_id": 1} {"author_id": 3}`, `UPDATE {"id": 8} {"author_id": 1} {"author_id": 3}`,
			`UPDATE {"id": 7} {"editor_id": 1} {"editor_id": 3}`,
		)), sorted(d.records(`UPDATE "user" SET id = 3 WHERE id = 1`)))
		assert.Equal(t, sorted(lines(
			`UPDATE {"id": 7} {"editor_id": 1} {"editor_id": 2}`,
			`UPDATE {"id": 7} {"author_id": 1} {"author_id": null}`, `UPDATE {"id": 8} {"author_id": 1} {"author_id": null}`,
		)), sorted(d.records(`WITH gone AS (DELETE FROM "user" WHERE id = 1 RETURNING id)
			UPDATE post SET editor_id = 2 FROM gone WHERE editor_id = gone.id`)), "one part of a statement, and what another one takes along")
	}
}

// TestAudit_of_a_parent_table: a child of the table can have rows of the same key.
func TestAudit_of_a_parent_table(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, nil)
	d.run(`CREATE TABLE thing () INHERITS (item)`, `INSERT INTO item VALUES (1, 10)`, `INSERT INTO thing VALUES (1, 20)`)
	assert.Equal(t, sorted(lines(`UPDATE {"id": 1} {"n": 10} {"n": 11}`, `UPDATE {"id": 1} {"n": 20} {"n": 21}`)), sorted(d.records(`UPDATE item SET n = n + 1`)))
	assert.Equal(t, sorted(lines(`UPDATE {"id": 2} {"id": 1} {"id": 2}`, `UPDATE {"id": 2} {"id": 1} {"id": 2}`)), sorted(d.records(`UPDATE item SET id = 2`)))
}

// TestAudit_of_many_columns: a change of a key takes no longer than another one. A
// quadratic one ran into the limit of the statement.
func TestAudit_of_many_columns(t *testing.T) {
	t.Parallel()
	d, p := newDatabase(t), &project{}
	fields := make([]field, 1590)
	for i := range fields {
		fields[i] = field{name: fmt.Sprintf("c%d", i), typ: "smallint", null: true}
	}
	p.model(t, "wide", fields...)
	p.audit(t, "wide", nil)
	d.install(p)
	d.run(`INSERT INTO wide (id, c7, c1589) SELECT i, i, i FROM generate_series(1, 50) i`, `SET statement_timeout = '20s'`)
	assert.Equal(t, `UPDATE {"id": 61} {"id": 1, "c1589": 1} {"id": 61, "c1589": null}`,
		d.records(`UPDATE wide SET id = 61, c1589 = NULL WHERE id = 1`))
	d.run(`UPDATE wide SET id = id + 100`)
	assert.Equal(t, "50", d.one(`SELECT count(*)::text FROM audit.log WHERE operation = 'UPDATE'`))
}
