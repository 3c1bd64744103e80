// Package materializedview is the kind of materialized views: a query whose rows are
// stored until it is refreshed, with indexes over them. PostgreSQL changes names, the
// comment and indexes in place; another query is another view.
package materializedview

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "materialized_view"

// attrs are the attributes of a materialized view.
type attrs struct {
	Columns []model.Column `json:"columns,omitempty"` // none: they are not known
	Comment string         `json:"comment,omitempty"`
	Indexes []index        `json:"index,omitempty"`
	Name    string         `json:"name"`
	Query   sdk.Text       `json:"query"`
	Schema  string         `json:"schema"`
	Data    bool           `json:"with_data,omitempty"`
}

// Kind returns the detector of materialized views.
func Kind() sdk.Detector {
	const doc = "materialized views"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return views{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}

// views owns the materialized views of a pass.
type views struct{ *sdk.Work }

func (x views) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes a materialized view and its indexes.
func (x views) Create(o *sdk.Object) {
	v := x.attrs(o)
	x.check(o, v)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, v)...), operation.SQL(drop(v))
	op.Takes, op.Hazard = keys(v), x.scans(o, v.Data)
	x.Emit(true, op)
}

// Drop takes a materialized view away. Its rows are those of its query.
func (x views) Drop(o *sdk.Object) {
	v := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(v)), operation.SQL(create(x.From, v)...)
	op.Frees = keys(v)
	x.Emit(true, op)
}

// Alter changes a materialized view where it is, if its query stays.
func (x views) Alter(before, after *sdk.Object, replace bool) {
	was, is := x.attrs(before), x.attrs(after)
	renames := !sdk.Same(was.Indexes, is.Indexes) && usertype.NewRenaming(x.Work).Concerns(before)
	if replace || renames || !stays(was, is) {
		x.Replace(x, before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	x.check(after, is)
	op := sdk.Alteration(after)
	up, down := move(was, is), move(is, was)
	if len(up) > 0 {
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is)
	}
	sdk.Claim(&op, keys(was), keys(is))
	then := was.under(is)
	op.Up = operation.SQL(append(up, alter(then, is)...)...)
	op.Down = operation.SQL(append(alter(is, then), down...)...)
	op.Hazard = x.disturbances(after, was, is)
	x.Emit(true, op)
}

// stays reports whether a view has the same rows as before, in columns of the same
// types, which may have other names.
func stays(was, is attrs) bool {
	sameType := func(a, b model.Column) bool { return a.Type == b.Type }
	return sdk.Same(was.Query, is.Query) && slices.EqualFunc(was.Columns, is.Columns, sameType)
}

// under returns a view under the name that another one has. Its indexes keep theirs.
func (v attrs) under(other attrs) attrs {
	v.Indexes = slices.Clone(v.Indexes)
	for n, i := range v.Indexes {
		v.Indexes[n].Name = i.named(v)
	}
	v.Schema, v.Name = other.Schema, other.Name
	return v
}

// Names are the names among the relations and the types of a schema.
func (x views) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives a materialized view another name, and with it the indexes that are named
// after it.
func (x views) Aside(before, _ *sdk.Object) *sdk.Object {
	v := x.attrs(before)
	v.Name = sdk.Spare(v.Name)
	return x.With(before, v)
}
