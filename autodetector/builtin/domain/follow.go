package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// follow returns a domain over an enum with the new names of values, and what an
// operation with them needs.
func (x domains) follow(d model.Domain) (model.Domain, []sdk.Need) {
	r := usertype.NewRenaming(x.Work)
	r.Under = d.Type
	d.Default, d.Check = r.Value(d.Default, d.Type), r.In(d.Check)
	return d, r.Needs()
}

// unchecked takes away for a while what of a domain names values in a way that cannot
// be followed, as in SQL, where their names change.
func (x domains) unchecked(before, after *sdk.Object) *sdk.Object {
	was, is := x.attrs(before), x.attrs(after)
	r := usertype.NewRenaming(x.Work)
	enum, change := r.ChangeOf(was.Type)
	if enum.IsZero() {
		enum, change = r.Named(before)
	}
	then := was
	if !sdk.Same(was.Default, is.Default) && change.Hides(was.Default) {
		then.Default = nil
	}
	if !sdk.Same(was.Check, is.Check) && change.Hides(was.Check) {
		then.Check = nil
	}
	if sdk.Same(was, then) {
		return before
	}
	released := x.With(before, then)
	op := sdk.Alteration(released)
	op.Summary += ": released"
	op.Needs = []sdk.Need{{Verb: operation.Alter, Object: enum, Before: true, Why: "it names values as they were"}}
	op.Up, op.Down = operation.SQL(alter(x.From, was, then)...), operation.SQL(alter(x.From, then, was)...)
	x.Emit(true, op)
	return released
}
