package field

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// release takes a default away that is in the way where what it calls is dropped and
// made again, and returns the field without it; it is set again afterwards. Types
// are not meant: whoever makes one anew sees to the defaults.
func (x fields) release(before *sdk.Object) *sdk.Object {
	f := sdk.AttrsOf[model.Field](x.Work, before)
	called := x.remade(f.Default)
	if len(called) == 0 {
		return before
	}
	f.Default = nil
	released := x.With(before, f)
	released.Refs = slices.DeleteFunc(slices.Clone(before.Refs), func(r state.Reference) bool { return slices.Contains(called, r.Target) })
	x.takeDefault(before, released)
	return released
}

// remade returns what a default calls and what is another thing afterwards.
func (x fields) remade(n *expression.Node) []address.Address {
	if n == nil {
		return nil
	}
	var called []address.Address
	n.Walk(func(n expression.Node) {
		if n.Kind != expression.Call && n.Kind != expression.Object || len(n.Path) != 1 {
			return
		}
		a := n.Path[0].Address
		was, is := x.Pass.From.Get(a), x.Pass.To.Get(a)
		if was != nil && is != nil && !model.IsType(a.Kind()) && !state.Same(was, is) {
			called = append(called, a)
		}
	})
	return called
}
