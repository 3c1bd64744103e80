package triggers_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// parts lists the partitions of the log, the default one left out, with the number
// of their records.
const parts = `SELECT string_agg(p.part || ' ' || (SELECT count(*) FROM audit.log l WHERE l.tableoid = p.part), ', ' ORDER BY p.low) FROM audit.partitions() p`

func auditedItem(t *testing.T, attrs map[string]any) (*database, *project) {
	t.Helper()
	d, p := newDatabase(t), &project{}
	p.model(t, "item", field{name: "n", typ: "integer"})
	p.audit(t, "item", attrs)
	d.install(p)
	return d, p
}

// insertAt writes a record as of a time.
func (d *database) insertAt(model, at string) {
	d.t.Helper()
	d.run(`INSERT INTO audit.log (at, operation, model, table_name) VALUES (` + at + `, 'INSERT', '` + model + `', 'item')`)
}

// TestAudit_partitions: a record without a partition goes to the default one and
// from there to its own, and what is too old goes.
func TestAudit_partitions(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, map[string]any{"retention": "18 months"})
	month := func(ahead string) string {
		return d.one(`SELECT to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '` + ahead + ` months', '"audit.log_"YYYYMMDD')`)
	}
	this, next, far, old := month("0"), month("1"), month("9"), month("-19")
	assert.Equal(t, this+" 0, "+next+" 0", d.one(parts))
	d.run(`INSERT INTO item VALUES (1, 1)`)
	d.insertAt("shop.item", "now() + interval '9 months'")
	d.insertAt("shop.item", "now() - interval '19 months'")
	assert.Equal(t, "2", d.one(`SELECT count(*)::text FROM audit.log_default`), "no record is refused for want of a partition")
	d.run(`RESET whimbrel.audit_retention`)
	d.refuses("cannot be changed", `DELETE FROM audit.log_default`, `TRUNCATE `+this, `UPDATE `+this+` SET xid = '1'`)
	d.run(`SELECT audit.rotate()`)
	assert.Equal(t, this+" 1, "+next+" 0, "+far+" 1", d.one(parts), "the month of "+old+" is over for all its models")
	assert.Equal(t, "0", d.one(`SELECT count(*)::text FROM audit.log_default`))
	d.refuses("cannot be changed", `TRUNCATE `+far)

	d.insertAt("shop.other", "now() - interval '19 months'")
	d.insertAt("shop.item", "now() - interval '19 months'")
	d.run(`SELECT audit.rotate()`)
	assert.Equal(t, old+" 1, "+this+" 1, "+next+" 0, "+far+" 1", d.one(parts), "a model without retention keeps its records")
	assert.Equal(t, old+"_rows_idx", d.one(`SELECT string_agg('audit.' || indexname, ' ') FROM pg_indexes
		WHERE schemaname = 'audit' AND indexdef LIKE '%USING btree (jsonb_hash(row_id))'`), "what is complete has a B-tree of its rows")

	d.run(`SELECT audit.partition_by('year')`, `SELECT audit.rotate()`)
	d.insertAt("shop.item", "now() + interval '5 years'")
	d.run(`SELECT audit.rotate()`)
	assert.Equal(t, "1 year", d.one(`SELECT (high - low > interval '360 days')::int || ' year' FROM audit.partitions() ORDER BY low DESC LIMIT 1`))
	d.run(`SELECT audit.partition_by('none')`)
	d.insertAt("shop.item", "now() + interval '9 years'")
	d.run(`SELECT audit.rotate()`)
	assert.Equal(t, "1", d.one(`SELECT count(*)::text FROM audit.log_default`))
	assert.Equal(t, "5", d.one(`SELECT count(*)::text FROM audit.log`))
}

// TestAudit_partition_of_a_log_that_is_there: it becomes a partition as it is.
func TestAudit_partition_of_a_log_that_is_there(t *testing.T) {
	t.Parallel()
	d, p := auditedItem(t, map[string]any{"partition": "none"})
	role := "reader_" + d.one(`SELECT oid::text FROM pg_database WHERE datname = current_database()`)
	d.run(`CREATE ROLE `+role, `GRANT SELECT ON audit.log TO `+role)
	defer d.run(`DROP OWNED BY `+role, `DROP ROLE `+role)
	assert.Equal(t, "r", d.one(`SELECT relkind::text FROM pg_class WHERE oid = 'audit.log'::regclass`))
	d.run(`INSERT INTO item VALUES (1, 1), (2, 2)`)
	yearly := &project{}
	yearly.model(t, "item", field{name: "n", typ: "integer"})
	yearly.audit(t, "item", map[string]any{"partition": "year"})
	ops := operations(t, p.state(), yearly.state())
	d.up(ops)
	d.run(`INSERT INTO item VALUES (3, 3)`)
	assert.Equal(t, "1 2 3", d.one(`SELECT string_agg(row_id ->> 'id', ' ' ORDER BY id) FROM audit.log`))
	assert.Equal(t, "3", d.one(`SELECT count(*)::text FROM audit.log_before`))
	assert.Equal(t, "true", d.one(`SELECT has_table_privilege('`+role+`', 'audit.log', 'SELECT')::text`))
	assert.Equal(t, "1", d.one(`SELECT count(*)::text FROM audit.partitions() WHERE low > now()`))
	d.run(`RESET whimbrel.audit_retention`)
	d.refuses("cannot be changed", `DELETE FROM audit.log`, `DELETE FROM audit.log_before`)
	d.down(ops)
	d.run(`INSERT INTO item VALUES (4, 4)`)
	assert.Equal(t, "4", d.one(`SELECT count(*)::text FROM audit.log`))
}

func TestAudit_one_partition_for_all(t *testing.T) {
	t.Parallel()
	p := &project{}
	p.model(t, "a", field{name: "n", typ: "integer"})
	p.model(t, "b", field{name: "n", typ: "integer"})
	p.audit(t, "a", map[string]any{"partition": "year"})
	b := p.audit(t, "b", map[string]any{"partition": "month"})
	result := detectOne(t, nil, p.state(), b, false)
	require.Len(t, result.Diagnostics, 1)
	assert.Equal(t, "WH6121", result.Diagnostics[0].Code)
	assert.Equal(t, diag.Error, result.Diagnostics[0].Severity)
}

// TestAudit_retention_of_a_history.
func TestAudit_retention_of_a_history(t *testing.T) {
	t.Parallel()
	d, p := auditedItem(t, map[string]any{"storage": "history", "retention": "1 week"})
	d.run(`INSERT INTO item VALUES (1, 1)`, `INSERT INTO audit.item_history (at, operation) VALUES (now() - interval '8 days', 'INSERT')`,
		`RESET whimbrel.audit_retention`, `SELECT audit.rotate()`)
	assert.Equal(t, "1", d.one(`SELECT count(*)::text FROM audit.item_history`))
	d.refuses("cannot be changed", `DELETE FROM audit.item_history`)
	off := detectOne(t, p.state(), nil, address.New(triggers.AuditKind, "shop", "item"), false)
	d.up(off.Operations)
	assert.Equal(t, "0", d.one(`SELECT count(*)::text FROM audit.retention`))
}

// TestAudit_dump: what pg_dump writes makes the same audit again.
func TestAudit_dump(t *testing.T) {
	t.Parallel()
	d, _ := auditedItem(t, map[string]any{"retention": "1 year", "always": true})
	d.run(`INSERT INTO item VALUES (1, 1)`)
	other := newDatabase(t)
	dumped, err := exec.CommandContext(t.Context(), "pg_dump", "--dbname", d.url).Output()
	require.NoError(t, err)
	restore := exec.CommandContext(t.Context(), "psql", "-q", "-v", "ON_ERROR_STOP=1", "--dbname", other.url)
	restore.Stdin = strings.NewReader(string(dumped))
	said, err := restore.CombinedOutput()
	require.NoError(t, err, string(said))
	assert.Equal(t, d.one(`SELECT string_agg(l::text, ',') FROM audit.log l`), other.one(`SELECT string_agg(l::text, ',') FROM audit.log l`))
	again, err := exec.CommandContext(t.Context(), "pg_dump", "--schema-only", "--dbname", other.url).Output()
	require.NoError(t, err)
	once, err := exec.CommandContext(t.Context(), "pg_dump", "--schema-only", "--dbname", d.url).Output()
	require.NoError(t, err)
	assert.Equal(t, withoutKeys(once), withoutKeys(again))
	other.run(`INSERT INTO item VALUES (2, 2)`, `SELECT audit.rotate()`)
	assert.Equal(t, "2", other.one(`SELECT count(*)::text FROM audit.log`))
}

// withoutKeys leaves out the lines of psql that pg_dump makes up for each dump.
func withoutKeys(dump []byte) string {
	var kept []string
	for line := range strings.Lines(string(dump)) {
		if !strings.HasPrefix(line, `\`) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
