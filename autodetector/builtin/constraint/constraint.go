// Package constraint is the kind of constraints of tables: primary keys, unique,
// check, foreign key and exclusion constraints. PostgreSQL renames one and changes
// when a foreign key is checked; all else about it is fixed, so it is dropped and
// made again.
package constraint

import (
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/partitioning"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Kind returns the detector of constraints. One with another label is the same
// constraint if nothing but the name differs.
func Kind() sdk.Detector {
	const doc = "constraints of tables"
	kind := sdk.Kind{
		Name: model.ConstraintKind, Doc: doc, Part: true,
		Naming: []string{"name"}, Likeness: detect.Sure,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return constraints{w} }), sdk.Consumes(usertype.Facts()...))
}

// constraints owns the constraints of a pass.
type constraints struct{ *sdk.Work }

func attrs(w *sdk.Work, o *sdk.Object) model.Constraint { return sdk.AttrsOf[model.Constraint](w, o) }

// Create makes a constraint.
func (x constraints) Create(o *sdk.Object) {
	if c := attrs(x.Work, o); c.Partition == nil && (c.Type == model.PrimaryKey || c.Type == model.Unique) {
		partitioning.Keyed(x.Work, o, c.Fields)
	}
	x.Emit(x.To.Managed(o), x.creation(o))
}

func (x constraints) creation(o *sdk.Object) sdk.Operation {
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(commented(x.To, o)...), operation.SQL(drop(x.To, o))
	op.Inline = inline(x.To, x.Pass.To, o)
	op.Takes = x.Names(x.To, o)
	op.Needs = restsAfter(x.Work, o)
	if x.From.Has(o.Parent) && !attrs(x.Work, o).NotValid {
		op.Hazard = []sdk.Hazard{x.checked(o)}
		op.Online = x.added(o)
	}
	return op
}

// Drop takes a constraint away.
func (x constraints) Drop(o *sdk.Object) { x.Emit(x.From.Managed(o), x.removal(o)) }

func (x constraints) removal(o *sdk.Object) sdk.Operation {
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(x.From, o)), operation.SQL(commented(x.From, o)...)
	op.Inline = inline(x.From, x.Pass.From, o)
	op.Frees = x.Names(x.From, o)
	op.Needs = restsBefore(x.Work, o)
	if x.To.Has(o.Parent) && x.Stays(o) {
		op.Online = x.dropped(o)
	}
	return op
}

// Alter renames a constraint or changes when a foreign key is checked; all else
// makes it anew, and with it the foreign keys that rest on it.
func (x constraints) Alter(before, after *sdk.Object, replace bool) {
	was, is := attrs(x.Work, before), attrs(x.Work, after)
	x.checkKey(after, was, is)
	if replace && x.holds(before, after) {
		return
	}
	switch changed := !sdk.SameBut(x.follow(before), after, inPlace(was, is)...); {
	case changed && !replace && x.swaps(before, after):
		x.Replace(swapped{x, before}, before, after)
		return
	case changed || replace:
		x.Replace(x, before, after)
		return
	}
	op := sdk.Alteration(after)
	of := table(x.To, after)
	schema, _ := partitioning.Table(x.To, after, is.Partition)
	op.Up, op.Down = operation.SQL(alter(of, schema, was, is)...), operation.SQL(alter(of, schema, is, was)...)
	if was.NotValid && !is.NotValid { // PostgreSQL makes nothing not valid again
		op.Down = operation.SQL(append([]string{drop(x.To, after)}, commented(x.Back(after), before)...)...)
		op.Hazard = []sdk.Hazard{operation.Read(after.Address, of)}
		op.Online = x.validated(op, after)
	}
	if was.Name != is.Name {
		op.Summary += ": rename to " + is.Name
		sdk.Claim(&op, x.Names(x.From, before), x.Names(x.To, after))
		op.Touches = sdk.Touching(after.Address, state.Name)
	}
	x.Emit(x.To.Managed(after) && x.From.Managed(before), op)
}

// inPlace are the attributes that PostgreSQL changes where the constraint is.
func inPlace(was, is model.Constraint) []string {
	list := []string{"name", "comment", "storage"}
	if was.Type == model.ForeignKey {
		list = append(list, "deferrable")
	}
	if was.NotValid && !is.NotValid {
		list = append(list, "not_valid")
	}
	return list
}

// follow returns a constraint with the new names of values in what it checks.
func (x constraints) follow(before *sdk.Object) *sdk.Object {
	c, r := attrs(x.Work, before), usertype.NewRenaming(x.Work)
	c.Check, c.Where, c.Keys = r.In(c.Check), r.In(c.Where), r.Keys(c.Keys)
	return x.With(before, c)
}

// Names are those that a constraint has in the database: its own, within a table
// whatever that is called, and that of its index among the relations of the schema.
func (x constraints) Names(at sdk.Moment, o *sdk.Object) []string {
	c := attrs(x.Work, o)
	of := o.Parent.Path()
	if c.Partition != nil {
		of = strings.Join(append([]string{c.Partition.Of.Path()}, c.Partition.Inner...), ".")
	}
	names := []string{operation.Name("constraint", of, c.Name)}
	if schema, _ := partitioning.Table(at, o, c.Partition); hasIndex(c) {
		names = append(names, operation.Name("relation", schema, c.Name))
	}
	return names
}

// Aside gives a constraint another name.
func (x constraints) Aside(before, _ *sdk.Object) *sdk.Object {
	c := attrs(x.Work, before)
	c.Name = sdk.Spare(c.Name)
	return x.With(before, c)
}

// hasIndex reports whether a constraint is kept by an index.
func hasIndex(c model.Constraint) bool {
	return c.Type == model.PrimaryKey || c.Type == model.Unique || c.Type == model.Exclude
}
