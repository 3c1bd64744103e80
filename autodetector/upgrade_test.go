package autodetector_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A grown toy has a kind of version 2 and rendering 1. Version 1 had its text in
// lower case.
type grown struct {
	*toy
	upgrade func([]*state.Object) ([]json.RawMessage, error)
}

func (g grown) Upgrade(_ context.Context, old []*state.Object) ([]json.RawMessage, error) {
	return g.upgrade(old)
}

func upper(old []*state.Object) ([]json.RawMessage, error) {
	var attrs []json.RawMessage
	for _, o := range old {
		text := strings.Replace(string(o.Attrs), `"a":`, `"A": `, 1) // not canonical
		attrs = append(attrs, json.RawMessage(strings.ToUpper(text)))
	}
	return attrs, nil
}

func newGrown() *toy {
	d := newToy("p", "p.check")
	d.manifest.Kinds[0].Version, d.manifest.Kinds[0].Rendering = 2, 1
	return d
}

// labelled returns a state in which the kind p.check has a version and a rendering.
func labelled(text string, version, rendering int) *state.State {
	var list []*state.Object
	for o := range objects(text).All() {
		if o.Address.Kind() == "p.check" {
			o.Version, o.Rendering = version, rendering
		}
		list = append(list, o)
	}
	return state.New(list...)
}

func upgradeInput(from, to *state.State, owner detect.Detector) autodetector.Input {
	in := input("", "", newToy("tables", "table"))
	in.From, in.Declaration = from, source.Declaration{State: to}
	in.Detectors = append(in.Detectors, owner)
	return in
}

const wanted = "table t\np.check t.x = A\np.check t.y = B"

// today returns the wanted objects in the shape of version 2.
func today(text string) *state.State {
	var list []*state.Object
	for o := range labelled(text, 2, 1).All() {
		if o.Address.Kind() == "p.check" {
			o.Attrs = json.RawMessage(strings.ToUpper(string(o.Attrs)))
		}
		list = append(list, o)
	}
	return state.New(list...)
}

func TestUpgradeAloneChangesNothing(t *testing.T) {
	t.Parallel()
	calls := 0
	owner := grown{newGrown(), func(old []*state.Object) ([]json.RawMessage, error) {
		calls++
		require.Len(t, old, 2, "all objects in one call")
		return upper(old)
	}}
	plan, found, err := autodetector.Run(t.Context(), upgradeInput(labelled(strings.ToLower(wanted), 1, 1), today(wanted), owner))
	require.NoError(t, err)
	require.Empty(t, found)
	assert.Empty(t, summary(plan))
	assert.Equal(t, 1, calls)

	_, _, err = autodetector.Run(t.Context(), upgradeInput(today(wanted), today(wanted), owner))
	require.NoError(t, err)
	assert.Equal(t, 1, calls, "what is of today is not upgraded")
}

// The same for whoever compares a state with something else than models.
func TestUpgraded(t *testing.T) {
	t.Parallel()
	got, found, err := autodetector.Upgraded(t.Context(), labelled(strings.ToLower(wanted), 1, 1), []detect.Detector{grown{newGrown(), upper}})
	require.NoError(t, err)
	require.Empty(t, found)
	assert.Equal(t, `{"A":"A"}`, string(got.Get(parse("p.check t.x")).Attrs))
}

// A real change writes today's shape, and what is replayed begins from it too.
func TestChangeBesideAnUpgrade(t *testing.T) {
	t.Parallel()
	plan, found, err := autodetector.Run(t.Context(), upgradeInput(
		labelled("table t\np.check t.x = a\np.check t.y = b", 1, 1), today("table t\np.check t.x = A\np.check t.y = C"), grown{newGrown(), upper}))
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, "alter t.y", summary(plan))
	put := plan.Steps[0].Operations[0].Edits[0].Put
	assert.Equal(t, `{"A":"C"}`, string(put.Attrs))
	assert.Equal(t, 2, put.Version)
}

// With a higher rendering objects are made anew although they are the same.
func TestRendering(t *testing.T) {
	t.Parallel()
	plan, found, err := autodetector.Run(t.Context(), upgradeInput(
		labelled(strings.ToLower(wanted), 1, 0), today(wanted), grown{newGrown(), upper}))
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, "alter t.x, alter t.y", summary(plan))
	assert.Equal(t, 1, plan.Steps[0].Operations[0].Edits[0].Put.Rendering)
}

func TestUpgradesThatCannotBe(t *testing.T) {
	t.Parallel()
	answer := func(attrs ...string) func([]*state.Object) ([]json.RawMessage, error) {
		return func([]*state.Object) ([]json.RawMessage, error) {
			var list []json.RawMessage
			for _, a := range attrs {
				list = append(list, json.RawMessage(a))
			}
			return list, nil
		}
	}
	failing := func([]*state.Object) ([]json.RawMessage, error) { return nil, errors.New("who knows") }
	for name, c := range map[string]struct {
		version, rendering int
		owner              detect.Detector
		code, want         string
	}{
		"no Upgrade":       {1, 1, newGrown(), "WH2105", "It has no Upgrade."},
		"an error":         {1, 1, grown{newGrown(), failing}, "WH2105", "Its Upgrade failed: who knows."},
		"too few":          {1, 1, grown{newGrown(), answer(`{}`)}, "WH2105", "the attributes of 1 objects for 2"},
		"no object":        {1, 1, grown{newGrown(), answer(`{}`, `[1]`)}, "WH2105", "attributes that are no JSON object"},
		"newer":            {3, 1, grown{newGrown(), upper}, "WH2106", "version 3.1 of p.check, this plugin knows 2.1"},
		"newer rendering":  {2, 2, grown{newGrown(), upper}, "WH2106", "version 2.2 of p.check, this plugin knows 2.1"},
		"newer than first": {1, 0, newToy("p", "p.check"), "WH2106", "version 1.0 of p.check, this plugin knows 0.0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, found, err := autodetector.Run(t.Context(), upgradeInput(labelled(wanted, c.version, c.rendering), today(wanted), c.owner))
			require.NoError(t, err)
			require.Empty(t, plan.Steps)
			require.NotEmpty(t, found)
			assert.Equal(t, c.code, found[0].Code)
			assert.Contains(t, found[0].Summary, `plugin "p"`)
			assert.Contains(t, found[0].Detail, c.want)
		})
	}
}

// What the host of plugins says of a failure is passed on as it is.
func TestUpgradeOfAPluginThatCrashes(t *testing.T) {
	t.Parallel()
	crash := diag.Diagnostic{Code: "WH4030", Summary: `plugin "p" crashed`}
	_, _, err := autodetector.Run(t.Context(), upgradeInput(labelled(wanted, 1, 1), today(wanted),
		grown{newGrown(), func([]*state.Object) ([]json.RawMessage, error) { return nil, crash }}))
	require.ErrorAs(t, err, &crash)
}
