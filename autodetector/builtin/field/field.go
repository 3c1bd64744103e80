// Package field is the kind of fields, which are columns, or many_to_many relations
// without one. A column is renamed, retyped, filled and given defaults in place,
// with its values converted; only one that PostgreSQL computes is dropped and added
// again where that changes what it is computed from.
package field

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// oneOffDefault is the question, about a field, for the value of rows that have
// none.
const oneOffDefault = "default"

// Kind returns the detector of fields. Whether one is another one renamed is told
// by their types.
func Kind() sdk.Detector {
	const doc = "columns"
	kind := sdk.Kind{
		Name: model.FieldKind, Doc: doc, Part: true,
		Naming: []string{"column", "sequence"}, Likeness: detect.Judged,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return fields{w} }),
		sdk.Judges(alike), sdk.Consumes(usertype.Facts()...), sdk.Consumes(oneOffDefault, usingExpression))
}

// fields owns the columns of a pass.
type fields struct{ *sdk.Work }

// Create adds a column. Rows that are there may need a value for it.
func (x fields) Create(o *sdk.Object) {
	c, managed := column.Of(x.To, o), x.To.Managed(o)
	op := sdk.Creation(o)
	if c.IsMany() {
		x.Emit(true, op)
		return
	}
	once, ok := x.once(c, managed && x.From.Has(o.Parent))
	if !ok {
		return
	}
	op.Up, op.Down = operation.SQL(c.Add(once)...), operation.SQL(c.Drop())
	if once == "" {
		op.Inline = inline(c, o)
	}
	op.Takes, op.Needs = names(c), x.around(o, false)
	op.Hazard = created(c, once)
	if written := x.added(c); len(written) > 0 {
		op.Hazard = append(op.Hazard, written...)
		op.Down[0] = c.Dropping()
		if once == "" {
			op.Up[0] = c.Adding()
		}
	}
	x.Emit(managed, op)
}

// Drop takes a column away.
func (x fields) Drop(o *sdk.Object) {
	c := column.Of(x.From, o)
	op := sdk.Removal(o)
	if c.IsMany() {
		x.Emit(true, op)
		return
	}
	op.Up, op.Down = operation.SQL(c.Drop()), operation.SQL(c.Add("")...)
	if x.To.Has(o.Address) { // it is made again
		op.Up[0], op.Down[0] = c.Dropping(), c.Adding()
	}
	op.Inline = inline(c, o)
	op.Frees, op.Needs = names(c), x.around(o, true)
	op.Hazard = append(dropped(c), x.vacated(c)...)
	x.Emit(x.From.Managed(o), op)
}

// Alter changes a column in place. Only a generated column can be made anew for
// the sake of something else; a plain one has only to do without its default then,
// if it calls what is made anew. Its type is converted by whoever alters the type.
func (x fields) Alter(before, after *sdk.Object, replace bool) {
	before = x.releaseEarly(before)
	if replace {
		before = x.release(before, after)
	}
	before, again := x.unnamed(before, after)
	named, needs := x.follow(before, after)
	from, to := column.Of(x.Back(after), named), column.Of(x.To, after)
	if !sdk.Same(from.Field.Type, to.Field.Type) && partitioning.Divides(x.To.Model(after.Parent), after.Address) && !x.To.Model(after.Parent).Unmanaged {
		partitioning.Fixed(x.Work, after, fmt.Sprintf("field %q, by which model %q is partitioned, would get another type", after.Address.Name(), after.Parent.Name()))
		return
	}
	managed := x.From.Managed(before) && x.To.Managed(after)
	op := sdk.Alteration(after)
	op.Needs = append(needs, again...)
	switch {
	case from.Generated != "" && to.Generated != "" && (replace || remakes(named, after, from, to)):
		x.Replace(x, before, after) // before what it was computed from changes, and after what it is
		return
	case state.Same(before, after):
		return
	case from.IsMany() && to.IsMany():
	case from.IsMany():
		x.becomeColumn(op, to, managed)
		return
	case to.IsMany():
		x.becomeMany(&op, from)
	default:
		if !x.change(&op, named, after, from, to, managed) {
			return
		}
	}
	x.Emit(managed || from.IsMany() && to.IsMany(), op)
}

// change changes a column that stays one. It is false if that is done, or if the user
// has to be asked first.
func (x fields) change(op *sdk.Operation, before, after *sdk.Object, from, to column.Column, managed bool) bool {
	var c conversion
	if managed && to.Generated == "" {
		var ok bool
		if c, ok = x.conversion(before, after, from, to); !ok {
			return false
		}
	}
	switch {
	case c.lost:
		x.Replace(x, before, after)
		return false
	case remakes(before, after, from, to):
		x.remake(op, before, after, from, to, c)
		return true
	}
	return x.retype(op, before, after, from, to, c, managed)
}

// Names are those of a column and of its sequence.
func (x fields) Names(at sdk.Moment, o *sdk.Object) []string { return names(column.Of(at, o)) }

// Aside renames the column, its sequence, or both, whatever of it changes.
func (x fields) Aside(before, after *sdk.Object) *sdk.Object {
	f, is := sdk.AttrsOf[model.Field](x.Work, before), sdk.AttrsOf[model.Field](x.Work, after)
	if f.Column != is.Column {
		f.Column = sdk.Spare(f.Column)
	}
	if f.Sequence != is.Sequence && f.Sequence != "" {
		f.Sequence = sdk.Spare(f.Sequence)
	}
	return x.With(before, f)
}

// names are those that a column has in the database: its own, within a table
// whatever that is called, and that of its sequence.
func names(c column.Column) []string {
	if c.Field.Column == "" {
		return nil
	}
	names := []string{operation.Name("column", modelPath(c.Address), c.Field.Column)}
	if c.Field.Identity != "" && c.Field.Sequence != "" {
		names = append(names, operation.Name("relation", c.Schema, c.Field.Sequence))
	}
	return names
}

// inline returns a column as a clause of CREATE TABLE.
func inline(c column.Column, o *sdk.Object) *operation.Inline {
	return &operation.Inline{Clause: operation.Clause{SQL: c.Definition(), Rank: o.Rank}}
}
