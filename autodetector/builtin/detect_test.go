package builtin_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// results asks every built-in detector for its part of a change.
func results(t *testing.T, from, to *state.State) []detect.Result {
	t.Helper()
	var all []detect.Result
	for _, d := range builtin.Detectors() {
		pass := detect.Pass{From: from, To: to}
		for _, c := range state.Diff(from, to) {
			if c.Address().Kind() == d.Manifest().Kinds[0].Name {
				pass.Changes = append(pass.Changes, detect.Change{Change: c})
			}
		}
		result, err := d.Detect(t.Context(), pass)
		require.NoError(t, err)
		require.Empty(t, detect.Check(d.Manifest(), pass, result))
		all = append(all, result)
	}
	return all
}

func TestDetect_asks_for_values_that_rows_lack(t *testing.T) {
	t.Parallel()
	from := tableT(field("was null", "integer", null))
	to := tableT(field("was null", "integer"), field("new", "text"), field("filled", "text", value(str("x"))))
	var flags []string
	for _, result := range results(t, from, to) {
		for _, q := range result.Questions {
			flags = append(flags, q.Flag)
		}
	}
	assert.ElementsMatch(t, []string{`--default shop.t.new=VALUE`, `--default shop.t."was null"=VALUE`}, flags)
}

func TestDetect_leaves_unmanaged_tables_alone(t *testing.T) {
	t.Parallel()
	theirs := model.Model{Schema: "public", Table: "t", Unmanaged: true}
	from := build(tableAs(theirs, "t", id(), key()))
	to := build(tableAs(theirs, "t", id(), key(), field("n", "integer"), indexOn("n")))
	count := 0
	for _, result := range results(t, from, to) {
		assert.Empty(t, result.Questions)
		for _, op := range result.Operations {
			count++
			assert.Empty(t, op.Up)
			assert.Empty(t, op.Down)
			assert.Nil(t, op.Inline)
		}
	}
	assert.Equal(t, 2, count)
	ours := build(table("t", id(), key()))
	for _, result := range results(t, from, ours) {
		for _, op := range result.Operations {
			assert.Empty(t, op.Up, "taking over a table changes nothing in the database")
		}
	}
}

func TestMatch(t *testing.T) {
	t.Parallel()
	from := build(
		enum("old", "a", "b"), table("a", field("n", "integer"), field("d", "date")), table("old", field("id", "bigint"), field("n", "text")),
	)
	to := build(
		enum("new", "a", "b"), table("a", field("m", "bigint"), field("u", "uuid"), field("s", "text")),
		table("new", field("id", "bigint"), field("n", "text")), table("other", field("id", "bigint"), field("n", "varchar(3)")),
	)
	field := func(name string) address.Address { return address.New(model.FieldKind, "shop", "a", name) }
	for _, c := range []struct {
		before, after address.Address
		want          builtin.Likeness
	}{
		{field("n"), field("m"), builtin.Alike},
		{field("n"), field("s"), builtin.Alike},
		{field("n"), field("u"), builtin.Different},
		{field("d"), field("m"), builtin.Different},
		{address.New(model.EnumKind, "shop", "old"), address.New(model.EnumKind, "shop", "new"), builtin.Alike},
		{address.New(model.ModelKind, "shop", "old"), address.New(model.ModelKind, "shop", "new"), builtin.Alike},
		{address.New(model.ModelKind, "shop", "old"), address.New(model.ModelKind, "shop", "other"), builtin.Different},
	} {
		assert.Equal(t, c.want, builtin.Match(from.Get(c.before), to.Get(c.after), from, to), "%s, %s", c.before, c.after)
	}
}

func TestMatch_models_with_other_fields(t *testing.T) {
	t.Parallel()
	from := build(table("old", id(), field("a", "text"), field("b", "date"), field("c", "uuid")))
	was := from.Get(address.New(model.ModelKind, "shop", "old"))
	for name, c := range map[string]struct {
		fields []part
		want   builtin.Likeness
	}{
		"one of three has another name": {[]part{field("a", "text"), field("b", "date"), field("x", "uuid")}, builtin.Alike},
		"one of three is left":          {[]part{field("a", "text"), field("x", "date"), field("y", "uuid")}, builtin.Different},
		"only the key":                  {nil, builtin.Different},
	} {
		to := build(table("new", append([]part{id()}, c.fields...)...))
		assert.Equal(t, c.want, builtin.Match(was, to.Get(address.New(model.ModelKind, "shop", "new")), from, to), name)
	}
}
