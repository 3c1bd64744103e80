package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// follow returns a field with the new names of values in its default and in what it is
// computed from, and what an operation with them needs. A field that leaves the type
// does so before the values are renamed.
func (x fields) follow(before, after *sdk.Object) (*sdk.Object, []sdk.Need) {
	r := usertype.NewRenaming(x.Work)
	was, is := sdk.AttrsOf[model.Field](x.Work, before), sdk.AttrsOf[model.Field](x.Work, after)
	enum, change := r.ChangeOf(was.Type)
	if then, _ := r.ChangeOf(is.Type); then == enum {
		was.Default = r.Value(was.Default, was.Type)
	} else if was.Default != nil && len(change.Renamed) > 0 {
		return before, []sdk.Need{{Verb: operation.Alter, Object: enum, Before: true, Soft: true, Why: "the default names values as they were"}}
	}
	was.Generated = r.In(was.Generated)
	return x.With(before, was), r.Needs()
}

// unnamed takes a default away that names values in a way that cannot be followed, as
// in SQL, where their names change. It is set again afterwards, which has needs.
func (x fields) unnamed(before, after *sdk.Object) (*sdk.Object, []sdk.Need) {
	f := sdk.AttrsOf[model.Field](x.Work, before)
	r := usertype.NewRenaming(x.Work)
	enum, change := r.ChangeOf(f.Type)
	if enum.IsZero() {
		enum, change = r.Named(before)
	}
	if change.Remade || sdk.Same(f.Default, sdk.AttrsOf[model.Field](x.Work, after).Default) || !change.Hides(f.Default) {
		return before, nil
	}
	f.Default = nil
	released := x.With(before, f)
	x.takeDefault(x.Back(released), before, released, sdk.Need{Verb: operation.Alter, Object: enum, Before: true, Why: "the default names values as they were"})
	return released, []sdk.Need{{Verb: operation.Alter, Object: enum, Soft: true, Why: "the default names values as they are then"}}
}

// around returns the needs of an operation that takes a computed field away, or makes it:
// it names values as they are before they get other names, or as they are then.
func (x fields) around(o *sdk.Object, goes bool) []sdk.Need {
	enum, _ := usertype.NewRenaming(x.Work).Named(o)
	if enum.IsZero() || sdk.AttrsOf[model.Field](x.Work, o).Generated == nil {
		return nil
	}
	return []sdk.Need{{Verb: operation.Alter, Object: enum, Before: goes, Why: "it names values as they are then"}}
}

// takeDefault emits the operation that takes the default of a field away, for a while or
// for good, with the names of a moment.
func (x fields) takeDefault(at sdk.Moment, before, released *sdk.Object, needs ...sdk.Need) {
	c := column.Of(at, before)
	op := sdk.Alteration(released)
	op.Up, op.Down = operation.SQL(c.Alter("DROP DEFAULT")), operation.SQL(c.SetDefault())
	op.Summary += ": default released"
	op.Needs = needs
	x.Emit(x.From.Managed(before), op)
}
