// Package statistics is the kind of extended statistics: what the planner learns of
// several columns together. PostgreSQL changes the name, the schema, the target and
// the comment in place, and follows renamed and retyped columns; all else is made anew.
package statistics

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "statistics"

// attrs are the attributes of extended statistics.
type attrs struct {
	Comment     string        `json:"comment,omitempty"`
	Expressions []expression  `json:"expressions,omitempty"`
	Kinds       []string      `json:"kinds,omitempty"` // none: all
	Name        string        `json:"name"`
	On          []address.Ref `json:"on,omitempty"` // fields
	Schema      string        `json:"schema"`
	Target      *int64        `json:"target,omitempty"` // nil: that of the columns
}

// Kind returns the detector of extended statistics. One with another label is the same
// if nothing but the name differs.
func Kind() sdk.Detector {
	const doc = "extended statistics"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Sure}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return list{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}

// list owns the statistics of a pass.
type list struct{ *sdk.Work }

func (x list) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes statistics; ANALYZE fills them.
func (x list) Create(o *sdk.Object) {
	s := x.attrs(o)
	x.check(o, s)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, o, s)...), operation.SQL(drop(s))
	op.Takes, op.Needs = keys(s), usertype.NewRenaming(x.Work).Columns(x.Pass.To, o.Parent, false)
	x.Emit(x.To.Managed(o), op)
}

// Drop takes statistics away.
func (x list) Drop(o *sdk.Object) {
	s := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(s)), operation.SQL(create(x.From, o, s)...)
	op.Frees, op.Needs = keys(s), usertype.NewRenaming(x.Work).Columns(x.Pass.From, o.Parent, true)
	x.Emit(x.From.Managed(o), op)
}

// Alter changes statistics where they are, if they are over the same.
func (x list) Alter(before, after *sdk.Object, replace bool) {
	was, is := x.attrs(before), x.attrs(after)
	if !same(was, is) || replace && x.MustGo() {
		x.check(after, is)
		x.Replace(x, before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	op := sdk.Alteration(after)
	op.Up, op.Down = operation.SQL(alter(was, is)...), operation.SQL(alter(is, was)...)
	if name(was) != name(is) {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is)
	}
	x.Emit(x.To.Managed(after) && x.From.Managed(before), op)
}

// same reports whether statistics are over the same columns, of the same kinds.
func same(a, b attrs) bool {
	return sdk.Same(a.On, b.On) && sdk.Same(a.Expressions, b.Expressions) && sdk.Same(a.kinds(), b.kinds())
}

// Names is the name among the statistics of a schema.
func (x list) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives statistics another name.
func (x list) Aside(before, _ *sdk.Object) *sdk.Object {
	s := x.attrs(before)
	s.Name = sdk.Spare(s.Name)
	return x.With(before, s)
}
