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
// made again, or a column that it takes of a row is altered, and returns the field
// without it; it is set again afterwards. Types are not meant: whoever makes one anew
// sees to the defaults.
func (x fields) release(before *sdk.Object) *sdk.Object {
	called := append(x.called(before, x.remade), x.taken(before)...)
	if len(called) == 0 && x.MustGo() && !slices.ContainsFunc(before.Refs, x.ofOtherType) {
		// A function that is the same afterwards goes for the sake of what it calls.
		called = x.called(before, func(a address.Address) bool { return x.Pass.To.Has(a) })
	}
	if len(called) == 0 {
		return before
	}
	released := x.without(before, called)
	x.takeDefault(x.Back(released), before, released)
	return released
}

// without returns a field without its default and what that calls.
func (x fields) without(before *sdk.Object, called []address.Address) *sdk.Object {
	f := sdk.AttrsOf[model.Field](x.Work, before)
	f.Default = nil
	released := x.With(before, f)
	released.Refs = slices.DeleteFunc(slices.Clone(before.Refs), func(r state.Reference) bool { return slices.Contains(called, r.Target) })
	return released
}

// called returns what the default of a field calls and something is true of. Types
// are not meant.
func (x fields) called(o *sdk.Object, is func(address.Address) bool) []address.Address {
	n := sdk.AttrsOf[model.Field](x.Work, o).Default
	if n == nil {
		return nil
	}
	var called []address.Address
	n.Walk(func(n expression.Node) {
		if n.Kind != expression.Call && n.Kind != expression.Object || len(n.Path) != 1 {
			return
		}
		a := n.Path[0].Address
		if !model.IsType(a.Kind()) && is(a) {
			called = append(called, a)
		}
	})
	return called
}

// ofOtherType reports whether a reference is to a type that is another one afterwards.
func (x fields) ofOtherType(r state.Reference) bool {
	return model.IsType(r.Target.Kind()) && x.remade(r.Target)
}

// taken returns the columns of other tables, of rows that a function gives, that the
// default of a field has in its SQL and that are altered.
func (x fields) taken(o *sdk.Object) []address.Address {
	f := sdk.AttrsOf[model.Field](x.Work, o)
	inSQL := false
	if f.Default != nil {
		f.Default.Walk(func(n expression.Node) { inSQL = inSQL || n.Kind == expression.SQL })
	}
	var columns []address.Address
	for _, ref := range o.Refs {
		if inSQL && f.Relation == nil && ref.Target.Kind() == model.FieldKind && x.remade(ref.Target) {
			columns = append(columns, ref.Target)
		}
	}
	return columns
}

// remade reports whether an object is another one afterwards.
func (x fields) remade(a address.Address) bool {
	was, is := x.Pass.From.Get(a), x.Pass.To.Get(a)
	return was != nil && is != nil && !state.Same(was, is)
}
