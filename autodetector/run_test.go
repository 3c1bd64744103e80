package autodetector_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A toy owns one kind. Its operations are honest unless it is told otherwise.
type toy struct {
	manifest detect.Manifest
	change   func(c detect.Change, ops []operation.Operation) []operation.Operation
	judge    func(detect.Pair) detect.Alikeness
}

func newToy(name string, kinds ...string) *toy {
	m := detect.Manifest{Name: name, Version: "1.0.0", Emits: []string{"create", "alter", "drop"}}
	for _, kind := range kinds {
		m.Kinds = append(m.Kinds, detect.Kind{Name: kind, Likeness: detect.Judged})
	}
	return &toy{manifest: m}
}

// Judge says that what has the same attributes, and some, may be renamed.
func (d *toy) Judge(_ context.Context, c detect.Comparison) ([]detect.Alikeness, error) {
	verdicts := make([]detect.Alikeness, len(c.Pairs))
	for i, p := range c.Pairs {
		switch {
		case d.judge != nil:
			verdicts[i] = d.judge(p)
		case string(p.Before.Attrs) == string(p.After.Attrs) && string(p.Before.Attrs) != `{"a":""}`:
			verdicts[i] = detect.Alike
		}
	}
	return verdicts, nil
}

func (d *toy) Manifest() *detect.Manifest { return &d.manifest }

func (d *toy) Detect(_ context.Context, p detect.Pass) (detect.Result, error) {
	var result detect.Result
	for _, c := range p.Changes {
		ops := honest(c)
		if d.change != nil {
			ops = d.change(c, ops)
		}
		result.Operations = append(result.Operations, ops...)
	}
	rand.Shuffle(len(result.Operations), func(i, j int) {
		result.Operations[i], result.Operations[j] = result.Operations[j], result.Operations[i]
	})
	return result, nil
}

func honest(c detect.Change) []operation.Operation {
	sql := func(verb string) []operation.Statement { return operation.SQL(verb + " " + c.Address().Path()) }
	create := operation.Operation{Kind: "create", Target: c.Address(), Up: sql("create"), Down: sql("drop")}
	drop := operation.Operation{Kind: "drop", Target: c.Address(), Up: sql("drop"), Down: sql("create")}
	drop.Edits = []state.Edit{state.Drop(c.Address())}
	if c.After != nil {
		create.Edits = []state.Edit{state.Put(c.After)}
	}
	switch {
	case c.Before == nil:
		return []operation.Operation{create}
	case c.After == nil:
		return []operation.Operation{drop}
	case c.Replace:
		return []operation.Operation{drop, create}
	}
	create.Kind, create.Up = "alter", sql("alter")
	return []operation.Operation{create}
}

// objects reads lines such as "table t1", "column t1.c = 2 -> table t2": kind and
// path, attributes, and what is referred to.
func objects(text string) *state.State {
	var list []*state.Object
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		head, refs, _ := strings.Cut(line, " -> ")
		name, attrs, _ := strings.Cut(head, " = ")
		o := &state.Object{Address: parse(name), App: "shop", Rank: i, Attrs: json.RawMessage(fmt.Sprintf(`{"a":%q}`, attrs))}
		if names := o.Address.Names(); len(names) > 1 {
			o.Parent = address.New("table", names[:len(names)-1]...)
		}
		for _, ref := range strings.Split(refs, ", ") {
			if ref != "" {
				o.Refs = append(o.Refs, state.Reference{Target: parse(ref), Aspects: state.Exists | state.Type})
			}
		}
		list = append(list, o)
	}
	return state.New(list...)
}

func parse(text string) address.Address {
	a, err := address.Parse(text)
	if err != nil {
		panic(err)
	}
	return a
}

func input(from, to string, detectors ...*toy) autodetector.Input {
	in := autodetector.Input{
		From: objects(from), Declaration: source.Declaration{State: objects(to)},
	}
	for _, d := range detectors {
		in.Detectors = append(in.Detectors, d)
	}
	return in
}

func standard() []*toy {
	return []*toy{newToy("tables", "table"), newToy("columns", "column"), newToy("p", "p.check")}
}

func summary(plan autodetector.Plan) string {
	var lines []string
	for _, step := range plan.Steps {
		for _, op := range step.Operations {
			lines = append(lines, op.Kind+" "+op.Target.Path())
		}
	}
	return strings.Join(lines, ", ")
}

func TestOrderFollowsReferences(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ from, to, want string }{
		"made after what it refers to": {
			"", "table t1 -> table t2\ntable t2\ncolumn t1.c",
			"create t2, create t1, create t1.c",
		},
		"dropped before what it refers to": {
			"table t1\ntable t2 -> table t1\ncolumn t1.c -> table t2", "",
			"drop t1.c, drop t2, drop t1",
		},
		"altered before what it no longer refers to goes": {
			"table t1 -> table t2\ntable t2", "table t1 = 2",
			"alter t1, drop t2",
		},
		"altered after what it will refer to comes": {
			"table t1", "table t1 = 2 -> table t2\ntable t2",
			"create t2, alter t1",
		},
		"what names a part is made after the whole is altered": {
			"table t\ncolumn t.c", "table t = 2\ncolumn t.c\np.check k -> column t.c",
			"alter t, create k",
		},
		"what names a part is dropped before the whole is altered": {
			"table t\ncolumn t.c\np.check k -> column t.c", "table t = 2\ncolumn t.c",
			"drop k, alter t",
		},
		"nothing": {"table t1", "table t1", ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, diagnostics, err := autodetector.Run(t.Context(), input(c.from, c.to, standard()...))
			require.NoError(t, err)
			require.Empty(t, diagnostics)
			assert.Equal(t, c.want, summary(plan))
		})
	}
}

func TestDependentsAreReleasedAndRestored(t *testing.T) {
	t.Parallel()
	detectors := standard()
	detectors[1].change = func(c detect.Change, ops []operation.Operation) []operation.Operation {
		if c.Before != nil && c.After != nil {
			ops[0].Touches = []operation.Touch{{Object: c.Address(), Aspects: state.Type}}
		}
		return ops
	}
	in := input("table t\ncolumn t.c = 1\np.check t.k -> column t.c\np.check t.l -> p.check t.k",
		"table t\ncolumn t.c = 2\np.check t.k -> column t.c\np.check t.l -> p.check t.k", detectors...)
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "drop t.l, drop t.k, alter t.c, create t.k, create t.l", summary(plan),
		"the owner of the checks knows nothing of the column's change")
}

func TestRenamesComeFirstAndRewriteReferences(t *testing.T) {
	t.Parallel()
	from, to := "table t\ncolumn t.a = 1\np.check t.k -> column t.a", "table t\ncolumn t.b = 1\np.check t.k -> column t.b"
	in := input(from, to, standard()...)
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a", New: "b"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename t.b", summary(plan))

	in.Answers = autodetector.Answers{}
	_, diagnostics, err = autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Len(t, diagnostics, 1)
	assert.Contains(t, diagnostics[0].Next, "--rename t.a=b")

	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a"}}
	plan, _, err = autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	assert.Equal(t, "create t.b, drop t.k, drop t.a, create t.k", summary(plan))
}

func TestNamesCanBeExchangedByFlags(t *testing.T) {
	t.Parallel()
	in := input("table t\ncolumn t.a = 1\ncolumn t.b = 2", "table t\ncolumn t.a = 2\ncolumn t.b = 1", standard()...)
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a", New: "b"}, {Old: "t.b", New: "a"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename t.b", summary(plan))
}

func TestAnExchangeNeedsNoOtherDifference(t *testing.T) {
	t.Parallel()
	in := input("table t\ncolumn t.a = 1\ncolumn t.b = 1", "table t\ncolumn t.a = 1\ncolumn t.b = 1", standard()...)
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a", New: "b"}, {Old: "t.b", New: "a"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename t.b", summary(plan))
}

func TestAPathOfAnExchangeIsTheOldOne(t *testing.T) {
	t.Parallel()
	in := input("table s\ntable s.t = 1\ncolumn s.t.a = 1\ntable s.u = 2\ncolumn s.u.a = 2",
		"table s\ntable s.u = 1\ncolumn s.u.c = 1\ntable s.t = 2\ncolumn s.t.a = 2", standard()...)
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "s.t", New: "u"}, {Old: "s.u", New: "t"}, {Old: "s.t.a", New: "c"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename s.u, rename s.u.c", summary(plan))
}

func TestAPathThatTwoKindsShareIsRenamedInOne(t *testing.T) {
	t.Parallel()
	in := input("table t = 1\ncolumn t.a = 1\np.check t.b -> column t.a", "table t = 1\ncolumn t.b = 1\np.check t.a -> column t.b", standard()...)
	for _, d := range in.Detectors {
		d.(*toy).judge = func(p detect.Pair) detect.Alikeness {
			if p.Before.Address.Kind() == "p.check" {
				return detect.Equal
			}
			return detect.Different
		}
	}
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a", New: "b"}, {Old: "t.b", New: "a"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename t.b, rename t.a", summary(plan))
}

func TestWhatIsNamedAfterExchangedNamesFollows(t *testing.T) {
	t.Parallel()
	in := input("table t\ncolumn t.a = 1\ncolumn t.b = 2\np.check t.ka = 3 -> column t.a\np.check t.kb = 4 -> column t.b",
		"table t\ncolumn t.a = 2\ncolumn t.b = 1\np.check t.ka = 4 -> column t.a\np.check t.kb = 3 -> column t.b", standard()...)
	for _, d := range in.Detectors {
		d.(*toy).judge = func(p detect.Pair) detect.Alikeness {
			if string(p.Before.Attrs) == string(p.After.Attrs) {
				return detect.Equal
			}
			return detect.Different
		}
	}
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a", New: "b"}, {Old: "t.b", New: "a"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename t.b, rename t.kb", summary(plan), "the checks are renamed, not made anew")
}

func TestAnOldNameCanBeTakenByAnother(t *testing.T) {
	t.Parallel()
	in := input("table t\ncolumn t.a = 1", "table t\ncolumn t.a = 2\ncolumn t.b = 1", standard()...)
	in.Declaration.Renamed = []state.Rename{{From: parse("column t.a"), To: parse("column t.b")}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename t.b, create t.a", summary(plan))

	in.From, in.Renamed = in.Declaration.State, func() (map[address.Address]address.Address, error) {
		return map[address.Address]address.Address{parse("column t.b"): parse("column t.a")}, nil
	}
	plan, diagnostics, err = autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Empty(t, summary(plan), "it is spent once it has been made")
}

func TestRenameOntoADroppedName(t *testing.T) {
	t.Parallel()
	in := input("table t\ncolumn t.a = 1\ncolumn t.b = 2", "table t\ncolumn t.b = 1", standard()...)
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t.a", New: "b"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, `rename t.b, drop t."b (dropped)"`, summary(plan))
}

func TestWhatADetectorCannotDo(t *testing.T) {
	t.Parallel()
	missing := address.New("table", "nowhere")
	cases := map[string]struct {
		change func(detect.Change, []operation.Operation) []operation.Operation
		want   string
	}{
		"leave a change": {
			func(detect.Change, []operation.Operation) []operation.Operation { return nil },
			`detector "columns" left a change of column t.c undetected: it is not made`,
		},
		"claim what it does not own": {
			func(_ detect.Change, ops []operation.Operation) []operation.Operation {
				ops[0].Edits = append(ops[0].Edits, state.Drop(parse("table t")))
				return ops
			},
			`plugin "columns" emits create, which drops table t: the kind "table" is not its own`,
		},
		"need what nobody provides": {
			func(_ detect.Change, ops []operation.Operation) []operation.Operation {
				ops[0].Needs = []operation.Need{{Verb: operation.Create, Object: missing}}
				return ops
			},
			`create t.c [columns] needs somebody to create table nowhere, and nobody does`,
		},
		"wait for itself": {
			func(c detect.Change, ops []operation.Operation) []operation.Operation {
				ops[0].Needs = []operation.Need{{Verb: operation.Create, Object: parse("table t"), Before: true, Why: "so it says"}}
				return ops
			},
			"2 operations wait for one another",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			detectors := standard()
			detectors[1].change = c.change
			plan, diagnostics, err := autodetector.Run(t.Context(), input("", "table t\ncolumn t.c", detectors...))
			if err == nil {
				err = diagnostics.Err()
			}
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.want)
			assert.Empty(t, plan)
		})
	}
}

func TestAMissingPlugin(t *testing.T) {
	t.Parallel()
	from := "table t\ncolumn t.c\np.check t.k -> column t.c"
	plan, diagnostics, err := autodetector.Run(t.Context(), input(from, "table t = 2\ncolumn t.c", standard()[:2]...))
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "alter t", summary(plan), "its objects stay")

	_, diagnostics, err = autodetector.Run(t.Context(), input(from, "table t", standard()[:2]...))
	if err == nil {
		err = diagnostics.Err()
	}
	require.Error(t, err, "they are in the way")
	assert.Contains(t, err.Error(), `"p"`)
}

func TestThePlanDoesNotDependOnTheOrderOfPlugins(t *testing.T) {
	t.Parallel()
	from, to := "table t\ncolumn t.old\np.check t.x\nq.rule t.y", "table t\ncolumn t.c\np.check t.k -> column t.c\nq.rule t.r -> column t.c, p.check t.k"
	var want string
	for range 50 {
		detectors := append(standard(), newToy("q", "q.rule"))
		plugins := detectors[2:]
		rand.Shuffle(len(plugins), func(i, j int) { plugins[i], plugins[j] = plugins[j], plugins[i] })
		in := input(from, to, detectors[:2]...)
		for _, p := range plugins {
			in.Plugins = append(in.Plugins, p)
		}
		plan, diagnostics, err := autodetector.Run(t.Context(), in)
		require.NoError(t, err)
		require.Empty(t, diagnostics)
		if want == "" {
			want = summary(plan)
		}
		require.Equal(t, want, summary(plan))
	}
	assert.True(t, slices.Contains(strings.Split(want, ", "), "create t.r"))
}

func TestNamesInTheDatabaseAreExchangedThroughAThirdOne(t *testing.T) {
	t.Parallel()
	detectors := standard()
	detectors[1].change = func(c detect.Change, ops []operation.Operation) []operation.Operation {
		was, is := string(c.Before.Attrs), string(c.After.Attrs)
		ops[0].Frees, ops[0].Takes = []string{was}, []string{is}
		ops[0].Aside = &operation.Aside{Up: operation.SQL("aside"), RestUp: operation.SQL("rest")}
		return ops
	}
	plan, diagnostics, err := autodetector.Run(t.Context(),
		input("table t\ncolumn t.a = 1\ncolumn t.b = 2", "table t\ncolumn t.a = 2\ncolumn t.b = 1", detectors...))
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "alter_aside t.a, alter t.b, alter t.a", summary(plan))
	assert.Equal(t, operation.SQL("rest"), plan.Steps[0].Operations[2].Up)
}
