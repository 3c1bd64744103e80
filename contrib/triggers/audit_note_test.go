package triggers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
)

// TestAudit_note: what is recorded stands in comments, which follow renames; that
// of a history table stays behind.
func TestAudit_note(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	old, now := &project{}, &project{}
	old.model(t, "item", field{name: "operation", typ: "integer"}, field{name: `it's \`, typ: "integer"}, field{name: "pin", typ: "text"})
	now.model(t, "item", field{name: "operation", column: "what", typ: "integer"}, field{name: `it's \`, typ: "integer"},
		field{name: "pin", typ: "text"})
	args := map[string]any{
		"storage": "history", "context": "app.who",
		"mask": []address.Ref{address.RefTo(fieldAt("item", "pin"))}, "exclude": []address.Ref{address.RefTo(fieldAt("item", `it's \`))},
	}
	old.audit(t, "item", args)
	now.audit(t, "item", args)
	d.install(old)
	note := `{"columns":{"id":"id","operation":"operation_","pin":"pin"},"context":"app.who","excluded":["it's \\"],` +
		`"history":"item_history","key":["id"],"masked":["pin"],"model":"shop.item","schema":"public","storage":"history","table":"item"}`
	assert.Equal(t, note, d.one(`SELECT obj_description(tgfoid, 'pg_proc') FROM pg_trigger WHERE tgrelid = 'item'::regclass LIMIT 1`))
	assert.Equal(t, note, d.one(`SELECT obj_description('audit.item_history'::regclass, 'pg_class')`))
	d.replaced(old, now, "item", `ALTER TABLE item RENAME operation TO what`)
	assert.Equal(t, "what", d.one(`SELECT obj_description(tgfoid, 'pg_proc')::jsonb #>> '{columns,what}' FROM pg_trigger
		WHERE tgrelid = 'item'::regclass LIMIT 1`))

	result := detectOne(t, now.state(), old.state(), address.New(triggers.AuditKind, "shop", "item"), true)
	d.up(result.Operations[:1])
	assert.Equal(t, "0", d.one(`SELECT count(*)::text FROM pg_trigger WHERE tgrelid = 'item'::regclass`))
	assert.Equal(t, "shop.item", d.one(`SELECT obj_description('audit.item_history'::regclass, 'pg_class')::jsonb ->> 'model'`))
}
