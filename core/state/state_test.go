package state_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

var (
	pizza = address.New("model", "shop", "pizza")
	name  = pizza.Child("field", "name")
	index = pizza.Child("index", "by_name")
)

func object(a, parent address.Address, attrs string, refs ...address.Address) *state.Object {
	o := &state.Object{Address: a, Parent: parent, Attrs: json.RawMessage(attrs)}
	for _, ref := range refs {
		o.Refs = append(o.Refs, state.Reference{Target: ref, Aspects: state.Exists})
	}
	return o
}

func menu() *state.State {
	return state.New(
		object(pizza, address.Address{}, `{"table":"pizza"}`),
		object(name, pizza, `{"column":"name"}`),
		object(index, pizza, `{"keys":[{"$ref":"field shop.pizza.name"}],"text":"{\"$ref\":\"field shop.pizza.name\"}"}`, name),
	)
}

func TestRenameRewritesEveryReference(t *testing.T) {
	t.Parallel()
	pie := address.New("model", "shop", "pie")
	after, err := menu().Apply(
		state.Edit{Rename: []state.Rename{{From: pizza, To: pie}}},
		state.Edit{Rename: []state.Rename{{From: pie.Child("field", "name"), To: pie.Child("field", "a title")}}},
	)
	require.NoError(t, err)
	got := after.Get(pie.Child("index", "by_name"))
	require.NotNil(t, got)
	assert.Equal(t, pie, got.Parent)
	assert.Equal(t, pie.Child("field", "a title"), got.Refs[0].Target)
	assert.Equal(t, `{"keys":[{"$ref":"field shop.pie.\"a title\""}],"text":"{\"$ref\":\"field shop.pizza.name\"}"}`, string(got.Attrs),
		"a reference is rewritten, text that looks like one is not")
	assert.Equal(t, 3, after.Len())
	assert.True(t, menu().Has(pizza))
}

// What two branches do meets in either order: what a text was read as leaves the definition alone.
func TestReadingLeavesTheDefinition(t *testing.T) {
	t.Parallel()
	read := state.ReadAnew(&state.Object{Address: name, Readings: []state.Reading{{Source: "anew"}}})
	changed := state.Put(object(name, pizza, `{"column":"title"}`))
	for _, edits := range [][]state.Edit{{read, changed}, {changed, read}} {
		after, err := menu().Apply(edits...)
		require.NoError(t, err)
		assert.Equal(t, `{"column":"title"}`, string(after.Get(name).Attrs))
	}
	after, err := menu().Apply(read)
	require.NoError(t, err)
	assert.Equal(t, "anew", after.Get(name).Readings[0].Source)
	assert.Empty(t, menu().Get(name).Readings, "the state before does not change")
	after, err = menu().Apply(state.Drop(index), state.Drop(name), read)
	require.NoError(t, err)
	assert.False(t, after.Has(name))
}

func TestNamesCanBeExchanged(t *testing.T) {
	t.Parallel()
	price := pizza.Child("field", "price")
	before := state.New(object(pizza, address.Address{}, `{}`), object(name, pizza, `{"a":1}`), object(price, pizza, `{"a":2}`))
	after, err := before.Apply(state.Edit{Rename: []state.Rename{{From: name, To: price}, {From: price, To: name}}})
	require.NoError(t, err)
	assert.Equal(t, `{"a":2}`, string(after.Get(name).Attrs))
	assert.Equal(t, `{"a":1}`, string(after.Get(price).Attrs))
}

func TestApplyRefuses(t *testing.T) {
	t.Parallel()
	missing := pizza.Child("field", "nme")
	for want, edit := range map[string]state.Edit{
		"dropping field shop.pizza.nme: there is no such object":    state.Drop(missing),
		"renaming field shop.pizza.nme: there is no such object":    {Rename: []state.Rename{{From: missing, To: name}}},
		"renaming: index shop.pizza.by_name would name two objects": {Rename: []state.Rename{{From: name, To: index}}},
		"an edit that does nothing":                                 {},
	} {
		_, err := menu().Apply(edit)
		assert.EqualError(t, err, want)
	}
}

func TestDependentsAndChildren(t *testing.T) {
	t.Parallel()
	s := menu()
	assert.Equal(t, []*state.Object{s.Get(index)}, s.Dependents(name))
	assert.Equal(t, []*state.Object{s.Get(name)}, s.Children(pizza, "field"))
	assert.Len(t, s.Children(pizza), 2)
}

// Whatever two states are, the changes between them lead from one to the other.
func TestDiffLeadsFromOneStateToTheOther(t *testing.T) {
	t.Parallel()
	states := rapid.Custom(func(t *rapid.T) *state.State {
		var objects []*state.Object
		for _, n := range rapid.SliceOfN(rapid.IntRange(0, 8), 0, 8).Draw(t, "names") {
			attrs := rapid.SampledFrom([]string{`{}`, `{"a":1}`, `{"a":2}`}).Draw(t, "attrs")
			objects = append(objects, object(address.New("thing", string(rune('a'+n))), address.Address{}, attrs))
		}
		return state.New(objects...)
	})
	rapid.Check(t, func(t *rapid.T) {
		from, to := states.Draw(t, "from"), states.Draw(t, "to")
		var edits []state.Edit
		for _, c := range state.Diff(from, to) {
			if c.After == nil {
				edits = append(edits, state.Drop(c.Address()))
			} else {
				edits = append(edits, state.Put(c.After))
			}
		}
		got, err := from.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		if rest := state.Diff(got, to); len(rest) > 0 {
			t.Fatalf("%d changes remain", len(rest))
		}
	})
}

func TestEncodeIsCanonical(t *testing.T) {
	t.Parallel()
	got, err := state.Encode(map[string]any{"b": "<&>", "a": json.Number("12345678901234567890"), "c": []int{1}})
	require.NoError(t, err)
	assert.Equal(t, `{"a":12345678901234567890,"b":"<&>","c":[1]}`, string(got))
}
