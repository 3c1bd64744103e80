package sdk_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A ward is a rule on a table, or on what a plugin makes like one.
type ward struct {
	Of   sdk.Ref `whimbrel:"of" kinds:"model,other.view" doc:"What it is on."`
	Name string  `whimbrel:"name" names:"rule" doc:"Its name."`
}

// A wire is a publication: no table and no schema has its name.
type wire struct {
	Of   sdk.ModelRef `whimbrel:"of" doc:"The model whose rows it sends."`
	Name string       `whimbrel:"name" names:"publication" doc:"Its name."`
}

// taken returns the names that the first object of a plugin takes.
func taken(t *testing.T, part sdk.Part, kind, attrs string, more ...*sdk.Object) []string {
	t.Helper()
	o := &sdk.Object{Address: address.New(kind, "shop", "one"), Attrs: []byte(attrs)}
	result, err := sdk.Define("x", "1.0.0", "X.", part).Detect(t.Context(), sdk.Pass{
		From: state.New(), To: shopOf(pizzas, append(more, o)...), Changes: []sdk.Change{{Change: state.Change{After: o}}},
	})
	require.NoError(t, err)
	require.Empty(t, detect.Check(sdk.Define("x", "1.0.0", "X.", part).Manifest(), sdk.Pass{Changes: made(o)}, result))
	return result.Operations[0].Takes
}

// Rules have their names on a table for themselves, whatever block they are.
func TestNamesOfWhatIsOnATable(t *testing.T) {
	t.Parallel()
	rules := sdk.AppBlock("ward", "A rule.", sdk.Recreated(func(o *sdk.Declared[ward]) sdk.Script {
		return sdk.Script{Create: []string{"CREATE RULE " + o.Name()}, Drop: []string{"DROP RULE " + o.Name()}}
	}))
	view := &sdk.Object{Address: address.New("other.view", "shop", "cheap"), Attrs: []byte(`{"name":"cheap","schema":"menu"}`)}
	require.Equal(t, []string{operation.Name("rule", "public", "pizza", "one")},
		taken(t, rules, "x.ward", `{"name":"one","of":{"$ref":"model shop.pizza"}}`))
	require.Equal(t, []string{operation.Name("rule", "menu", "cheap", "one")},
		taken(t, rules, "x.ward", `{"name":"one","of":{"$ref":"other.view shop.cheap"}}`, view))
	wires := sdk.AppBlock("wire", "A publication.", sdk.Recreated(func(o *sdk.Declared[wire]) sdk.Script {
		return sdk.Script{Create: []string{"CREATE PUBLICATION " + o.Name()}, Drop: []string{"DROP PUBLICATION " + o.Name()}}
	}))
	require.Equal(t, []string{operation.Name("publication", "", "one")},
		taken(t, wires, "x.wire", `{"name":"one","of":{"$ref":"model shop.pizza"}}`))
}

// A lane is something with a name in a schema.
type lane struct {
	Name   string `whimbrel:"name" names:"collation" doc:"Its name."`
	Schema string `whimbrel:"schema" names:"schema" doc:"Its schema."`
}

// What is made, altered and dropped by hand takes and gives up the names of its
// arguments, as what is made anew does; what is altered those that differ.
func TestNamesOfWhatIsMadeByHand(t *testing.T) {
	t.Parallel()
	old := &sdk.Object{Address: address.New("x.lane", "shop", "one"), Attrs: []byte(`{"name":"a","schema":"menu"}`)}
	is := &sdk.Object{Address: old.Address, Attrs: []byte(`{"name":"b","schema":"menu"}`)}
	a, b := []string{operation.Name("collation", "menu", "a")}, []string{operation.Name("collation", "menu", "b")}
	up, down := []string{"SELECT 1"}, []string{"SELECT 2"}
	for name, c := range map[string]struct {
		before, after *sdk.Object
		emit          func(*sdk.Emitter[lane])
		frees, takes  [][]string // of each operation
	}{
		"made":       {nil, is, func(e *sdk.Emitter[lane]) { e.Create(up, down) }, [][]string{nil}, [][]string{b}},
		"in two":     {nil, is, func(e *sdk.Emitter[lane]) { e.Create(up, down); e.Create(up, down) }, [][]string{nil, nil}, [][]string{b, nil}},
		"renamed":    {old, is, func(e *sdk.Emitter[lane]) { e.Alter(up, down) }, [][]string{a}, [][]string{b}},
		"unchanged":  {old, old, func(e *sdk.Emitter[lane]) { e.Alter(up, down) }, [][]string{nil}, [][]string{nil}},
		"dropped":    {old, nil, func(e *sdk.Emitter[lane]) { e.Drop(up, down) }, [][]string{a}, [][]string{nil}},
		"made again": {old, old, func(e *sdk.Emitter[lane]) { e.Drop(up, down); e.Create(up, down) }, [][]string{a, nil}, [][]string{nil, a}},
	} {
		detector := sdk.Define("x", "1.0.0", "X.", sdk.AppBlock("lane", "A lane.", sdk.ByHand(c.emit)))
		result, err := detector.Detect(t.Context(), sdk.Pass{
			From: state.New(), To: state.New(), Changes: []sdk.Change{{Change: state.Change{Before: c.before, After: c.after}}},
		})
		require.NoError(t, err, name)
		require.Len(t, result.Operations, len(c.frees), name)
		for i, op := range result.Operations {
			require.ElementsMatch(t, c.frees[i], op.Frees, "%s %d", name, i)
			require.ElementsMatch(t, c.takes[i], op.Takes, "%s %d", name, i)
		}
	}
}
