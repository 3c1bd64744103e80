package autodetector_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A detector sees what it owns on the model of a change, changed or not, on the
// model and on its fields, before and after.
func TestAPassHoldsWhatTheDetectorOwnsOnTheModel(t *testing.T) {
	t.Parallel()
	const kept = "table t\ncolumn t.c\ncolumn u.e\ntable u\nzoo.thing t.kept\nzoo.thing t.c.deep -> column u.e\nzoo.thing u.other"
	for name, c := range map[string]struct{ from, to string }{
		"one comes":  {kept, kept + "\nzoo.thing t.x"},
		"one goes":   {kept + "\nzoo.thing t.x", kept},
		"one is new": {kept + "\nzoo.thing t.x = 1", kept + "\nzoo.thing t.x = 2"},
		"one of a field comes": {
			kept, kept + "\ncolumn t.d\nzoo.thing t.d.x",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWatcher("zoo")
			in := watched("", "", w)
			in.From, in.Declaration.State = onFields(objects(c.from)), onFields(objects(c.to))
			_, found, err := autodetector.Run(t.Context(), in)
			require.NoError(t, err)
			require.Empty(t, found)
			require.Len(t, w.passes, 1)
			for side, s := range map[string]*state.State{"from": w.passes[0].From, "to": w.passes[0].To} {
				for _, seen := range []string{"zoo.thing t.kept", "zoo.thing t.c.deep", "column t.c", "column u.e"} {
					assert.True(t, s.Has(parse(seen)), "%s has %s", side, seen)
				}
				assert.False(t, s.Has(parse("zoo.thing u.other")), "%s has nothing of another model", side)
			}
		})
	}
}

// onFields returns a state in which things with a name of three parts belong to columns.
func onFields(s *state.State) *state.State {
	var list []*state.Object
	for o := range s.All() {
		moved := *o
		if names := o.Address.Names(); len(names) == 3 {
			moved.Parent = address.New("column", names[:2]...)
		}
		list = append(list, &moved)
	}
	return state.New(list...)
}
