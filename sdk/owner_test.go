package sdk_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// newBoth has an option with an owner and one without.
func newBoth() sdk.Detector {
	return sdk.Define("stats", "1.0.0", "Extended statistics, and room in pages.",
		sdk.ModelOption("correlated", "Values that go together.", sdk.ByOwner[Statistics](newStatistics), sdk.Labelled()),
		sdk.ModelOption("room", "How full pages are packed.", sdk.Recreated(fillfactor)))
}

// shopOf is a state with a model, its two fields, and more.
func shopOf(model string, more ...*sdk.Object) *sdk.State {
	pizza := &sdk.Object{Address: address.New("model", "shop", "pizza"), Attrs: []byte(model)}
	objects := []*sdk.Object{pizza}
	for _, name := range []string{"tenant", "id"} {
		objects = append(objects, &sdk.Object{
			Address: pizza.Address.Child("field", name), Parent: pizza.Address, Attrs: []byte(`{"column":"` + name + `"}`),
		})
	}
	return state.New(append(objects, more...)...)
}

const pizzas = `{"schema":"public","table":"pizza"}`

func detected(t *testing.T, from, to *sdk.State) []sdk.Operation {
	t.Helper()
	pass := sdk.Pass{From: from, To: to}
	for _, c := range state.Diff(from, to) {
		pass.Changes = append(pass.Changes, sdk.Change{Change: c})
	}
	result, err := newBoth().Detect(t.Context(), pass)
	require.NoError(t, err)
	require.Empty(t, detect.Check(newBoth().Manifest(), pass, result))
	return result.Operations
}

// Each change is answered by whoever answers for its kind.
func TestOwnersAmongOtherParts(t *testing.T) {
	t.Parallel()
	room := &sdk.Object{Address: address.New("stats.room", "shop", "pizza"), Parent: address.New("model", "shop", "pizza"), Attrs: []byte(`{"percent":70}`)}
	made := detected(t, shopOf(pizzas), shopOf(pizzas, room, statisticsNamed("one", "a")))
	require.Len(t, made, 2)
	require.Equal(t, "stats.create_correlated", made[0].Kind)
	require.Equal(t, operation.SQL("CREATE STATISTICS public.a ON tenant, id FROM public.pizza"), made[0].Up)
	require.Equal(t, []string{operation.Name("statistics", "public", "a")}, made[0].Takes)
	require.Equal(t, "create correlated shop.pizza.one", made[0].Summary)
	require.Equal(t, "stats.create_room", made[1].Kind)
}

// One that only gets another name offers to go by way of a third one: only the
// autodetector sees who else wants the name.
func TestOwnersOfferToStepAside(t *testing.T) {
	t.Parallel()
	made := detected(t, shopOf(pizzas, statisticsNamed("one", "a")), shopOf(pizzas, statisticsNamed("one", "b")))
	require.Len(t, made, 1)
	require.Equal(t, &operation.Aside{
		Up:       operation.SQL("ALTER STATISTICS public.a RENAME TO a_whimbrel_aside"),
		Down:     operation.SQL("ALTER STATISTICS public.a_whimbrel_aside RENAME TO a"),
		RestUp:   operation.SQL("ALTER STATISTICS public.a_whimbrel_aside RENAME TO b"),
		RestDown: operation.SQL("ALTER STATISTICS public.b RENAME TO a_whimbrel_aside"),
	}, made[0].Aside)
}

// What is made again takes with it whatever refers to it.
func TestOwnersReplace(t *testing.T) {
	t.Parallel()
	before, after := statisticsNamed("one", "a"), statisticsNamed("one", "a")
	after.Attrs = []byte(`{"fields":[{"$ref":"field shop.pizza.id"},{"$ref":"field shop.pizza.tenant"}],"name":"a"}`)
	made := detected(t, shopOf(pizzas, before), shopOf(pizzas, after))
	require.Len(t, made, 2)
	require.Equal(t, []operation.Touch{{Object: before.Address, Aspects: sdk.Everything}}, made[0].Touches)
	require.Equal(t, operation.SQL("CREATE STATISTICS public.a ON id, tenant FROM public.pizza"), made[1].Up)
}

// In a table that is somebody else's only the state changes.
func TestOwnersOfUnmanagedTables(t *testing.T) {
	t.Parallel()
	const theirs = `{"schema":"public","table":"pizza","unmanaged":true}`
	one := statisticsNamed("one", "a")
	require.Equal(t, []sdk.Operation{{
		Kind: "stats.create_correlated", Target: one.Address, Summary: "create correlated shop.pizza.one (unmanaged)",
		Edits: []state.Edit{state.Put(one)},
	}}, detected(t, shopOf(theirs), shopOf(theirs, one)))
}

// Where something cannot be read, Detect fails and says of what.
func TestOwnersFail(t *testing.T) {
	t.Parallel()
	broken := statisticsNamed("one", "a")
	broken.Attrs = []byte(`{"name":7}`)
	missing := statisticsNamed("two", "b")
	for what, pass := range map[string]sdk.Pass{
		"attributes of stats.correlated shop.pizza.one: argument name": {To: shopOf(pizzas, broken), Changes: made(broken)},
		"field shop.pizza.tenant is not in the state":                  {To: state.New(shopOf(pizzas).Get(missing.Parent), missing), Changes: made(missing)},
	} {
		_, err := newBoth().Detect(t.Context(), pass)
		require.ErrorContains(t, err, what)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err := newBoth().Detect(stopped, sdk.Pass{Changes: made(missing)})
	require.ErrorIs(t, err, context.Canceled)
}

func made(o *sdk.Object) []sdk.Change { return []sdk.Change{{Change: state.Change{After: o}}} }

// What cannot be read is like nothing, and does not keep others from being judged.
func TestJudgesOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	broken := functionNamed("broken")
	broken.Attrs = []byte(`{"body":7}`)
	one, two := functionNamed("one"), functionNamed("two")
	found, err := newCode().(detect.Judge).Judge(t.Context(), sdk.Comparison{
		From: state.New(broken, one), To: state.New(two),
		Pairs: []detect.Pair{{Before: broken, After: two}, {Before: one, After: two}, {Before: broken, After: broken}},
	})
	require.NoError(t, err)
	require.Equal(t, []sdk.Alikeness{detect.Different, detect.Alike, detect.Different}, found)
}

// Two parts cannot answer for one kind.
func TestOneOwnerForEachKind(t *testing.T) {
	t.Parallel()
	kind := sdk.Owns(sdk.Kind{Name: "stats.correlated"}, newStatistics)
	require.PanicsWithError(t, `plugin "stats": two parts are called stats.correlated: give one of them another name`, func() {
		sdk.Define("stats", "1.0.0", "Twice.", kind, kind)
	})
}
