package triggers_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

func detectOne(t *testing.T, from, to *state.State, a address.Address, replace bool) detect.Result {
	t.Helper()
	change := detect.Change{Change: state.Change{Before: from.Get(a), After: to.Get(a)}, Replace: replace}
	result, err := triggers.New().Detect(t.Context(), detect.Pass{From: from, To: to, Changes: []detect.Change{change}})
	require.NoError(t, err)
	return result
}

// TestDetect_replace follows a table and a column through their renames: what is
// dropped has the old names, what is created the new ones.
func TestDetect_replace(t *testing.T) {
	t.Parallel()
	d := newDatabase(t)
	old, now := &project{}, &project{}
	old.model(t, "item", field{name: "n", typ: "integer"})
	now.model(t, "item", field{name: "n", column: "amount", typ: "bigint"}, field{name: "note", typ: "text", null: true})
	table, err := state.Encode(model.Model{Schema: "public", Table: "article"})
	require.NoError(t, err)
	now.objects[0].Attrs = table
	query := expression.Query{Where: nodes(op(">", path(fieldAt("item", "n")), number("100")))}
	var objects []address.Address
	for _, p := range []*project{old, now} {
		objects = []address.Address{p.audit(t, "item", nil), p.constraint(t, "item", "cap", "Too much.", query)}
	}
	d.install(old)
	for _, a := range objects {
		result := detectOne(t, old.state(), now.state(), a, true)
		require.Len(t, result.Operations, 2)
		assert.Equal(t, a, result.Operations[0].Edits[0].Drop)
		assert.Equal(t, a, result.Operations[1].Edits[0].Put.Address)
		d.up(result.Operations[:1])
	}
	d.run(`ALTER TABLE item ALTER n TYPE bigint`, `ALTER TABLE item RENAME n TO amount`, `ALTER TABLE item ADD note text`, `ALTER TABLE item RENAME TO article`)
	for _, a := range objects {
		d.up(detectOne(t, old.state(), now.state(), a, true).Operations[1:])
	}
	d.refuses("Too much.", `INSERT INTO article VALUES (1, 101)`)
	assert.Equal(t, `INSERT {"id": 1} - {"id": 1, "note": null, "amount": 3}`, d.records(`INSERT INTO article VALUES (1, 3)`))
}

func TestDetect_the_order_of_fields_does_not_matter(t *testing.T) {
	t.Parallel()
	build := func(fields ...field) []string {
		p := &project{}
		p.model(t, "item", fields...)
		p.audit(t, "item", nil)
		return []string{statements(operations(t, nil, p.state())[1].Up)}
	}
	a, b := field{name: "a", typ: "integer", key: true}, field{name: "b", typ: "integer", key: true}
	assert.Equal(t, build(a, b), build(b, a))
}

func TestDetect_mistakes(t *testing.T) {
	t.Parallel()
	unmanaged, err := state.Encode(model.Model{Schema: "public", Table: "theirs", Unmanaged: true})
	require.NoError(t, err)
	p := &project{}
	p.model(t, "theirs", field{name: "n", typ: "integer"})
	p.objects[0].Attrs = unmanaged
	p.model(t, "ours", field{name: "their", to: "theirs"})
	p.model(t, "keyless", field{name: "n", typ: "integer"})
	p.objects = p.objects[:len(p.objects)-1] // without its primary key
	for _, c := range []struct {
		object   address.Address
		code     string
		severity diag.Severity
	}{
		{p.audit(t, "theirs", nil), "WH6101", diag.Error},
		{p.constraint(t, "theirs", "x", "X.", expression.Query{}), "WH6101", diag.Error},
		{p.constraint(t, "keyless", "x", "X.", expression.Query{Annotate: as("n", call("count"))}), "WH6102", diag.Error},
		{p.constraint(t, "ours", "x", "X.", expression.Query{
			Values: nodes(path(fieldAt("ours", "their"))), Annotate: as("n", call("count")), Having: nodes(op(">", name("m"), number("1"))),
		}), "WH6103", diag.Error},
		{p.constraint(t, "ours", "y", "Y.", expression.Query{
			Where: nodes(op(">", path(fieldAt("ours", "their"), fieldAt("theirs", "n")), number("1"))),
		}), "WH6104", diag.Warning},
	} {
		result := detectOne(t, nil, p.state(), c.object, false)
		require.Len(t, result.Diagnostics, 1, c.code)
		assert.Equal(t, c.code, result.Diagnostics[0].Code)
		assert.Equal(t, c.severity, result.Diagnostics[0].Severity, c.code)
		assert.Equal(t, c.object.String(), result.Diagnostics[0].Address, c.code)
		assert.Equal(t, c.severity == diag.Error, len(result.Operations) == 0, c.code)
	}
}
