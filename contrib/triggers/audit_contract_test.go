package triggers_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// TestAudit_contract: what the triggers make has the names that readers go by.
func TestAudit_contract(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	p := &project{}
	p.model(t, "item", field{name: "n", typ: "integer"})
	p.model(t, "kept", field{name: "n", typ: "integer"})
	p.audit(t, "item", nil)
	p.audit(t, "kept", inHistory)
	d.install(p)
	columns := func(table string) string {
		return d.one(`SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
			WHERE attrelid = '` + table + `'::regclass AND attnum > 0 AND NOT attisdropped`)
	}
	assert.Equal(t, strings.Join(record.LogColumns(), " "), columns(record.Log))
	assert.Equal(t, strings.Join(record.HistoryColumns(), " ")+" n id", columns(record.History("kept_history")))
	assert.Equal(t, "3", d.one(`SELECT count(*)::text FROM pg_trigger
		WHERE tgfoid = '`+record.Guard+`'::regproc AND tgrelid IN ('`+record.Log+`'::regclass, 'audit.log_default'::regclass, 'audit.kept_history'::regclass)`))

	d.run(`SET ` + record.ContextSetting + ` = '{"actor": "alice"}'`)
	assert.Equal(t, `INSERT shop.item item {"id": 1} {"n": 2, "id": 1} alice`, d.during(func() string {
		return d.one(`SELECT concat_ws(' ', ` + strings.Join([]string{
			record.Operation, record.Model, record.Table, record.Row, record.New, record.Context + ` ->> '` + record.Actor + `'`,
		}, ", ") + `) FROM ` + record.Log)
	}, `INSERT INTO item VALUES (1, 2)`))
}
