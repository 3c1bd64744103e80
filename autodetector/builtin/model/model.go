// Package model is the kind of models, which are tables. A table is renamed, moved
// and commented in place and never made again, because of its rows. Its columns and
// constraints are other kinds, and become clauses of CREATE TABLE when a plan is
// reduced.
package model

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Kind returns the detector of models. Whether one is another one renamed is told
// by their fields.
func Kind() sdk.Detector {
	const doc = "tables"
	kind := sdk.Kind{
		Name: model.ModelKind, Doc: doc,
		Naming: []string{"table"}, Likeness: detect.Judged, Members: []string{model.FieldKind},
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return models{w} }), sdk.Judges(alike))
}

// models owns the tables of a pass.
type models struct{ *sdk.Work }

func (x models) attrs(o *sdk.Object) model.Model { return sdk.AttrsOf[model.Model](x.Work, o) }

// Create makes a table.
func (x models) Create(o *sdk.Object) {
	op := sdk.Creation(o)
	op.Up, op.Down = create(x.To, x.attrs(o)), drop(x.attrs(o))
	op.Takes = names(x.attrs(o))
	op.Hazard = []sdk.Hazard{rowsLost(o.Address, x.attrs(o), true)}
	x.Emit(x.To.Managed(o), op)
}

// Drop takes a table away.
func (x models) Drop(o *sdk.Object) {
	op := sdk.Removal(o)
	op.Up, op.Down = drop(x.attrs(o)), create(x.From, x.attrs(o))
	op.Frees = names(x.attrs(o))
	op.Hazard = []sdk.Hazard{rowsLost(o.Address, x.attrs(o), false)}
	x.Emit(x.From.Managed(o), op)
}

// Alter renames or moves a table and changes its comment. A table is never made
// again for the sake of something else.
func (x models) Alter(before, after *sdk.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	if !sdk.Same(was.PartitionBy, is.PartitionBy) && !is.Unmanaged {
		partitioning.Fixed(x.Work, after, fmt.Sprintf("model %q would be partitioned otherwise than it is", after.Address.Name()))
		return
	}
	op := sdk.Alteration(after)
	op.Up, op.Down = operation.SQL(alter(was, is)...), operation.SQL(alter(is, was)...)
	if was.Schema != is.Schema || was.Table != is.Table {
		op.Summary += ": rename to " + sdk.Qualified(is.Schema, is.Table)
		sdk.Claim(&op, names(was), names(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
	}
	if rewritten(was, is) {
		op.Hazard = []sdk.Hazard{operation.Rewrite(after.Address, table(is))}
	}
	x.Emit(!was.Unmanaged && !is.Unmanaged, op)
}

// Names are the name of the table and that of its row type.
func (x models) Names(_ sdk.Moment, o *sdk.Object) []string { return names(x.attrs(o)) }

// Aside gives a table another name.
func (x models) Aside(before, _ *sdk.Object) *sdk.Object {
	m := x.attrs(before)
	m.Table = sdk.Spare(m.Table)
	return x.With(before, m)
}
