// Package view is the kind of views. PostgreSQL keeps a view's query as what it names,
// so it follows renames by itself, but not in the names of its own columns. It takes
// another query in place as long as the columns stay and new ones come behind them;
// all else is dropped and made again, with whatever reads the view.
package view

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "view"

// attrs are the attributes of a view.
type attrs struct {
	Check   string         `json:"check_option,omitempty"` // "local" or "cascaded"
	Columns []model.Column `json:"columns,omitempty"`      // none: they are not known
	Comment string         `json:"comment,omitempty"`
	Name    string         `json:"name"`
	Query   sdk.Text       `json:"query"`
	Schema  string         `json:"schema"`
	Barrier bool           `json:"security_barrier,omitempty"`
	Invoker bool           `json:"security_invoker,omitempty"`
}

// Kind returns the detector of views.
func Kind() sdk.Detector {
	const doc = "views"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return views{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}

// views owns the views of a pass.
type views struct{ *sdk.Work }

func (x views) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes a view.
func (x views) Create(o *sdk.Object) {
	v := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, v)...), operation.SQL("DROP VIEW "+name(v))
	op.Takes = keys(v)
	x.Emit(true, op)
}

// Drop takes a view away.
func (x views) Drop(o *sdk.Object) {
	v := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP VIEW "+name(v)), operation.SQL(create(x.From, v)...)
	op.Frees = keys(v)
	x.Emit(true, op)
}

// Alter changes a view where it is, if PostgreSQL does.
func (x views) Alter(before, after *sdk.Object, replace bool) {
	was, is := x.attrs(before), x.attrs(after)
	if replace || !inPlace(was, is) || !sdk.Same(was.Query, is.Query) && !x.requeried(before, was, is) || exchanged(before, after, was, is) {
		x.Replace(x, before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	op := sdk.Alteration(after)
	up, down := move(was, is), move(is, was)
	if len(up) > 0 {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is)
	}
	then := was
	then.Schema, then.Name = is.Schema, is.Name
	op.Up = operation.SQL(append(up, alter(x.To, then, is)...)...)
	op.Down = operation.SQL(append(alter(x.Back(after), is, then), down...)...)
	x.Emit(true, op)
}

// requeried reports whether a view can take another query where it is, and on the way
// back the one that it had.
func (x views) requeried(before *sdk.Object, was, is attrs) bool {
	return inPlace(is, was) && !x.unfollowed(before) && !usertype.NewRenaming(x.Work).Concerns(before)
}

// Names are the names among the relations and the types of a schema.
func (x views) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives a view another name.
func (x views) Aside(before, _ *sdk.Object) *sdk.Object {
	v := x.attrs(before)
	v.Name = sdk.Spare(v.Name)
	return x.With(before, v)
}
