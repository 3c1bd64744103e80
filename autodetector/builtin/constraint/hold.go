package constraint

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// holds reports whether a foreign key stays while the types of its columns change:
// PostgreSQL keeps it, and looks at no row, where values are stored as they were and
// the keys that it rests on stay too.
func (x constraints) holds(before, after *sdk.Object) bool {
	c := attrs(x.Work, after)
	if c.Type != model.ForeignKey || !state.Same(before, after) {
		return false
	}
	for _, ref := range after.Refs {
		if ref.Target.Kind() != model.FieldKind && ref.Target.Kind() != model.ModelKind && !x.same(ref.Target) {
			return false
		}
	}
	changed := func(ref address.Ref) bool { return !x.keepsForm(ref.Address) }
	return !slices.ContainsFunc(c.Fields, changed) && !slices.ContainsFunc(c.TargetFields, changed)
}

// same reports whether an object is the same before and after.
func (x constraints) same(a address.Address) bool {
	before, after := x.From.Get(a), x.To.Get(a)
	return before != nil && after != nil && state.Same(before, after)
}

// keepsForm reports whether the values of a column are stored as they were. One that is
// computed may be made anew, and so may an enum or domain.
func (x constraints) keepsForm(field address.Address) bool {
	if !x.From.Has(field) || !x.To.Has(field) {
		return false
	}
	was, is := x.From.Field(field), x.To.Field(field)
	if was.Generated != nil || is.Generated != nil || was.Type.Of != nil && !x.same(was.Type.Of.Address) {
		return false
	}
	return sdk.Same(was.Type, is.Type) || !column.TypeOf(x.From, was).Rewrites(column.TypeOf(x.To, is))
}
