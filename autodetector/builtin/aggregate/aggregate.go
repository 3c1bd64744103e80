// Package aggregate is the kind of aggregates. PostgreSQL renames one where it is, and
// takes other functions in place as long as arguments and result stay; all else is
// dropped and made again.
package aggregate

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "aggregate"

// Kind returns the detector of aggregates.
func Kind() sdk.Detector {
	const doc = "aggregates"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return aggregates{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}

// aggregates owns the aggregates of a pass.
type aggregates struct{ *sdk.Work }

func (x aggregates) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes an aggregate.
func (x aggregates) Create(o *sdk.Object) {
	x.check(o)
	a := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, a)...), operation.SQL("DROP AGGREGATE "+signature(x.To, a))
	op.Takes = x.Names(x.To, o)
	x.Emit(true, op)
}

// Drop takes an aggregate away.
func (x aggregates) Drop(o *sdk.Object) {
	a := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP AGGREGATE "+signature(x.From, a)), operation.SQL(create(x.From, a)...)
	op.Frees = x.Names(x.From, o)
	x.Emit(true, op)
}

// Alter changes an aggregate where it is, if PostgreSQL does.
func (x aggregates) Alter(before, after *sdk.Object, replace bool) {
	x.check(after)
	was, is := x.attrs(before), x.attrs(after)
	renames := (!sdk.Same(was.InitCond, is.InitCond) || !sdk.Same(was.MovingInit, is.MovingInit)) && usertype.NewRenaming(x.Work).Concerns(before)
	if renames || replace && (x.MustGo() || routine.Rests(x.Work, was.types())) || !x.inPlace(was, is) {
		x.Replace(x, before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	op := sdk.Alteration(after)
	up, down := move(x.To, was, is), move(x.To, is, was)
	if len(up) > 0 {
		sdk.Claim(&op, x.Names(x.From, before), x.Names(x.To, after))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + sdk.Qualified(is.Schema, is.Name)
	}
	then := was
	then.Schema, then.Name = is.Schema, is.Name
	op.Up = operation.SQL(append(up, alter(x.To, then, is)...)...)
	op.Down = operation.SQL(append(alter(x.Back(after), is, then), down...)...)
	x.Emit(true, op)
}

// inPlace reports whether PostgreSQL takes one aggregate in place of the other one: its
// arguments and its result are the same.
func (x aggregates) inPlace(was, is attrs) bool {
	return sdk.Same(was.shape(), is.shape()) && sdk.Same(result(x.From, was), result(x.To, is))
}

// Names are the names among the functions of a schema.
func (x aggregates) Names(at sdk.Moment, o *sdk.Object) []string {
	a := x.attrs(o)
	return []string{routine.Key(a.Schema, a.Name, routine.Inputs(at, a.inputs()))}
}

// Aside gives an aggregate another name.
func (x aggregates) Aside(before, _ *sdk.Object) *sdk.Object {
	a := x.attrs(before)
	a.Name = sdk.Spare(a.Name)
	return x.With(before, a)
}
