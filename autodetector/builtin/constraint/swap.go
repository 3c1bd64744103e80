package constraint

import (
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// swapped owns a key in whose place another one comes: on a table in use the index of the
// new one is built before the old one goes, forth and back.
type swapped struct {
	constraints
	before *sdk.Object
}

// swaps reports whether both indexes can be there at once: what the old one is made with
// must be called the same before and after.
func (x constraints) swaps(before, after *sdk.Object) bool {
	was, is := attrs(x.Work, before), attrs(x.Work, after)
	if !hasIndex(was) || !hasIndex(is) || !x.Stays(before) || len(x.dropped(before)) == 0 || len(x.added(after)) == 0 {
		return false
	}
	return buildIndex(x.From, before) == buildIndex(x.To, before)
}

// Drop leaves the old key to what makes the new one.
func (x swapped) Drop(o *sdk.Object) {
	op := x.removal(o)
	left := sdk.Removal(o)
	left.Summary += ": when the new index is built"
	op.Online = []sdk.Operation{left}
	x.Emit(x.From.Managed(o), op)
}

// Create builds the new index and has the keys change places.
func (x swapped) Create(o *sdk.Object) {
	op := x.creation(o)
	was, is := x.Aside(x.before, o), x.Aside(o, x.before)
	build := x.concurrently(x.To, o, "build the index")
	build.Up, build.Down = operation.SQL(buildIndex(x.To, is)), operation.SQL(dropIndex(x.To, is))
	change := sdk.Creation(o)
	change.Summary += ": by its index, in the place of the old one"
	change.Up = operation.SQL(append([]string{drop(x.To, x.before)}, byIndex(x.To, o, is)...)...)
	change.Down = operation.SQL(append([]string{drop(x.To, o)}, byIndex(x.To, x.before, was)...)...)
	change.Transaction, change.Joined = operation.Committed, true
	back := x.concurrently(x.To, o, "build the old index on the way back")
	back.Down, back.Hazard[0].Down, back.Joined = operation.SQL(buildIndex(x.To, was)), true, true
	back.Hazard = append(back.Hazard, x.unkept(x.before))
	op.Online = []sdk.Operation{build, change, back}
	x.Emit(x.To.Managed(o), op)
}
