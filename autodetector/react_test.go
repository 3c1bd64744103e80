package autodetector_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A watcher reacts to operations of others and owns one kind.
type watcher struct {
	*toy
	before bool
	passes []detect.Pass
}

func newWatcher(name string, observes ...string) *watcher {
	w := &watcher{toy: newToy(name, name+".thing")}
	w.manifest.Observes = observes
	for _, verb := range w.manifest.Emits { // what it reacts to is not its own
		w.manifest.Emits = append(w.manifest.Emits, name+"."+verb)
	}
	w.manifest.Emits = append(w.manifest.Emits[3:], name+".react")
	return w
}

func (w *watcher) Detect(ctx context.Context, p detect.Pass) (detect.Result, error) {
	w.passes = append(w.passes, p)
	result, err := w.toy.Detect(ctx, p)
	for i := range result.Operations {
		result.Operations[i].Kind = w.manifest.Name + "." + result.Operations[i].Kind
	}
	for _, op := range p.Observed {
		reaction := operation.Operation{
			Kind: w.manifest.Name + ".react", Target: op.Target, Summary: op.Kind,
			Up: operation.SQL("react to " + op.Target.Path()), Down: operation.SQL("undo it"),
		}
		if w.before {
			reaction.Needs = []operation.Need{{Verb: operation.Drop, Object: op.Target, Before: true, Soft: true}}
		}
		result.Operations = append(result.Operations, reaction)
	}
	return result, err
}

func watched(from, to string, watchers ...*watcher) autodetector.Input {
	in := input(from, to, newToy("tables", "table"), newToy("columns", "column"))
	for _, w := range watchers {
		in.Detectors = append(in.Detectors, w)
	}
	return in
}

func TestReactionsComeAfterWhatTheyAnswer(t *testing.T) {
	t.Parallel()
	w := newWatcher("zoo", "create")
	plan, found, err := autodetector.Run(t.Context(), watched("table old", "table old = 2\ntable b -> table a\ntable a\ncolumn a.c", w))
	require.NoError(t, err)
	require.Empty(t, found)
	assert.Equal(t, "create a, zoo.react a, create a.c, zoo.react a.c, create b, zoo.react b, alter old", summary(plan))
	require.Len(t, w.passes, 1, "it has no changes of its own: the second round only")
	observed := w.passes[0].Observed
	require.Len(t, observed, 3)
	assert.Equal(t, "table a", observed[0].Target.String(), "by target")
	assert.Equal(t, "tables", observed[0].Detector)
	assert.True(t, w.passes[0].To.Has(parse("table a")), "what was observed can be looked at")
	reaction := plan.Steps[0].Operations[1]
	assert.Equal(t, "zoo", reaction.Detector)
	assert.Empty(t, reaction.Edits)
}

func TestReactionsComeBeforeWhereTheySaySo(t *testing.T) {
	t.Parallel()
	w := newWatcher("zoo", "drop")
	w.before = true
	plan, found, err := autodetector.Run(t.Context(), watched("table a\ncolumn a.c", "", w))
	require.NoError(t, err)
	require.Empty(t, found)
	assert.Equal(t, "zoo.react a, zoo.react a.c, drop a.c, drop a", summary(plan))
}

// The second answer counts, with changes of its own too; nothing observed, no
// second round.
func TestSecondAnswerReplacesTheFirst(t *testing.T) {
	t.Parallel()
	w := newWatcher("zoo", "create")
	plan, found, err := autodetector.Run(t.Context(), watched("", "table a\nzoo.thing a.x", w))
	require.NoError(t, err)
	require.Empty(t, found)
	assert.Equal(t, "create a, zoo.react a, zoo.create a.x", summary(plan))
	assert.Len(t, w.passes, 2)

	w = newWatcher("zoo", "drop")
	_, _, err = autodetector.Run(t.Context(), watched("", "table a\nzoo.thing a.x", w))
	require.NoError(t, err)
	assert.Len(t, w.passes, 1)
}

// Reactions are not reacted to: nobody would know when to stop.
func TestReactionsToReactions(t *testing.T) {
	t.Parallel()
	_, found, err := autodetector.Run(t.Context(), watched("", "table a", newWatcher("ape", "create", "zoo.react"), newWatcher("zoo", "create")))
	require.NoError(t, err)
	require.True(t, found.HasErrors())
	assert.Equal(t, "WH2107", found[0].Code)
	assert.Equal(t, `plugin "ape" observes zoo.react of "zoo", which is a reaction itself`, found[0].Summary)
}

// An operation without edits on what was not observed is not the plugin's to make.
func TestReactionsToNothing(t *testing.T) {
	t.Parallel()
	d := newToy("columns", "column")
	d.change = func(c detect.Change, ops []operation.Operation) []operation.Operation {
		return append(ops, operation.Operation{Kind: "create", Target: c.After.Parent, Up: operation.SQL("x")})
	}
	_, _, err := autodetector.Run(t.Context(), input("", "table a\ncolumn a.c", newToy("tables", "table"), d))
	require.ErrorContains(t, err, `plugin "columns" emits create, which has the target table a: the kind "table" is not its own`)
}

// An option of a field has the name of the table in its SQL, and refers to the
// field only: it comes after changes of the table, and goes before them.
func TestOptionsOfPartsFollowTheWhole(t *testing.T) {
	t.Parallel()
	option := &state.Object{Address: parse("p.check t.c"), Parent: parse("column t.c"), Attrs: []byte(`{}`), App: "shop"}
	before, after := objects("table t = old\ncolumn t.c"), objects("table t = new\ncolumn t.c")
	with := func(s *state.State) *state.State {
		made, err := s.Apply(state.Put(option))
		require.NoError(t, err)
		return made
	}
	for want, in := range map[string][2]*state.State{
		"alter t, create t.c": {before, with(after)},
		"drop t.c, alter t":   {with(before), after},
	} {
		input := input("", "", standard()...)
		input.From, input.Declaration.State = in[0], in[1]
		plan, found, err := autodetector.Run(t.Context(), input)
		require.NoError(t, err)
		require.Empty(t, found)
		assert.Equal(t, want, summary(plan))
	}
}
