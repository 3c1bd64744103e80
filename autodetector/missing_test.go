package autodetector_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// madeOnce is a history in which one migration made everything.
func madeOnce(a address.Address) (migration.Origin, error) {
	return migration.Origin{Migration: "m1", Operation: operation.Operation{
		Kind: "create", Target: a, Up: operation.SQL("make " + a.Path()), Down: operation.SQL("unmake " + a.Path()),
		Needs: []operation.Need{{Verb: operation.Create, Object: address.New("table", "gone")}},
	}}, nil
}

func TestTheHistoryAnswersForAMissingPlugin(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to string
		touches  state.Aspects
		want     string
		refused  string
	}{
		"what is in the way is released and restored, with its dependents": {
			from: "table t\ncolumn t.c = 1\np.check t.k -> column t.c\np.check t.l -> p.check t.k", to: "table t\ncolumn t.c = 2",
			touches: state.Type, want: "history.drop_check t.l, history.drop_check t.k, alter t.c, history.create_check t.k, history.create_check t.l",
		},
		"what is part of something that goes, goes": {
			from: "table t = 1\ncolumn t.c\np.check t.k -> column t.c", to: "",
			want: "history.drop_check t.k, drop t.c, drop t",
		},
		"what would refer to nothing is refused": {
			from: "table t\ncolumn t.c = 1\np.check t.k -> column t.c", to: "table t",
			refused: "it refers to column t.c, which is dropped",
		},
		"what would be called by an old name is refused": {
			from: "table t\ncolumn t.c = 1\np.check t.k -> column t.c", to: "table t\ncolumn t.c = 2",
			touches: state.Type | state.Name, refused: "calls column t.c by the name that it has until now",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			detectors, touches := standard()[:2], c.touches
			detectors[1].change = func(c detect.Change, ops []operation.Operation) []operation.Operation {
				if c.Before != nil && c.After != nil {
					ops[0].Touches = []operation.Touch{{Object: c.Address(), Aspects: touches}}
				}
				return ops
			}
			in := input(c.from, c.to, detectors...)
			in.Made = madeOnce
			plan, diagnostics, err := autodetector.Run(t.Context(), in)
			require.NoError(t, err)
			if c.refused != "" {
				require.Len(t, diagnostics, 1)
				assert.Contains(t, diagnostics[0].Summary, `check t.k has to change, but plugin "p" is not there`)
				assert.Contains(t, diagnostics[0].Detail, c.refused)
				return
			}
			require.Empty(t, diagnostics)
			assert.Equal(t, c.want, summary(plan))
		})
	}
}

// A rename moves what is there along, and asks the history by the old address.
func TestWhatAMissingPluginMadeIsRenamedAlong(t *testing.T) {
	t.Parallel()
	in := input("table t = 1\ncolumn t.c\np.check t.k -> column t.c", "table u = 1\ncolumn u.c", standard()[:2]...)
	in.Answers.Renames = []autodetector.RenameAnswer{{Old: "t", New: "u"}}
	plan, diagnostics, err := autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename u", summary(plan))

	in.Made, in.Retired = madeOnce, []string{"p"}
	plan, diagnostics, err = autodetector.Run(t.Context(), in)
	require.NoError(t, err)
	require.Empty(t, diagnostics)
	assert.Equal(t, "rename u, history.drop_check u.k", summary(plan))
	last := plan.Steps[len(plan.Steps)-1].Operations
	drop := last[len(last)-1]
	assert.Equal(t, operation.SQL("unmake t.k"), drop.Up)
	assert.Equal(t, operation.SQL("make t.k"), drop.Down)
}
