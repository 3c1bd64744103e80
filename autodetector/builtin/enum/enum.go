// Package enum is the kind of enumerated types. PostgreSQL renames one, renames its
// values and adds values in place, the last of which has to be committed before it
// is used; it takes no value away and moves none, so then the type is made anew and
// the columns of it are converted.
package enum

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// renamedValues is the fact, about an enum, which values have new names: a JSON
// object of new names by old ones, as the user wrote it.
const renamedValues = "renamed_values"

// Kind returns the detector of enums. Two with the same values may be one under two
// names.
func Kind() sdk.Detector {
	const doc = "enumerated types"
	kind := sdk.Kind{
		Name: model.EnumKind, Doc: doc, Type: &sdk.TypeKind{Values: "values"},
		Naming: []string{"name"}, Likeness: detect.Judged,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return enums{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL),
		sdk.Judges(alike), sdk.Consumes(renamedValues), sdk.Produces(usertype.Changed))
}

// alike: what has the same values may have got another name.
func alike(w *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	if slices.Equal(sdk.AttrsOf[model.Enum](w, before).Values, sdk.AttrsOf[model.Enum](w, after).Values) {
		return detect.Alike
	}
	return detect.Different
}

// enums owns the enums of a pass.
type enums struct{ *sdk.Work }

func (x enums) attrs(o *sdk.Object) model.Enum { return sdk.AttrsOf[model.Enum](x.Work, o) }

// Create makes a type.
func (x enums) Create(o *sdk.Object) {
	e := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(e)...), operation.SQL("DROP TYPE "+name(e).SQL())
	op.Takes = name(e).Keys()
	x.Emit(true, op)
}

// Drop takes a type away.
func (x enums) Drop(o *sdk.Object) {
	e := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP TYPE "+name(e).SQL()), operation.SQL(create(e)...)
	op.Frees = name(e).Keys()
	x.Emit(true, op)
}

// Alter renames, moves, renames values, adds values or makes the type anew, as
// little of it as does. A type is never made anew for the sake of something else.
func (x enums) Alter(before, after *sdk.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	plan := planOf(x.Work, after.Address, was, is)
	if change := plan.change(); !change.IsZero() {
		x.State(usertype.Changed, after.Address, change)
	}
	op := sdk.Alteration(after)
	up, down := name(was).Move(name(is)), name(is).Move(name(was))
	if len(up) > 0 {
		sdk.Claim(&op, name(was).Keys(), name(is).Keys())
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is).SQL()
	}
	forth, back := plan.renames(is)
	if len(plan.renamed) > 0 {
		op.Needs = usertype.Around(x.Work, after.Address)
	}
	op.Summary += plan.renaming()
	up, down = append(up, forth...), append(back, down...)
	forth, back = x.values(&op, after, is, plan)
	up, down = append(up, forth...), append(back, down...)
	if was.Comment != is.Comment {
		up = append(up, sdk.Comment("TYPE "+name(is).SQL(), is.Comment))
		down = append(down, sdk.Comment("TYPE "+name(was).SQL(), was.Comment))
	}
	op.Up, op.Down = operation.SQL(up...), operation.SQL(down...)
	x.Emit(true, op)
}

// Names is the name among the types of a schema.
func (x enums) Names(_ sdk.Moment, o *sdk.Object) []string { return name(x.attrs(o)).Keys() }

// Aside gives a type another name.
func (x enums) Aside(before, _ *sdk.Object) *sdk.Object {
	e := x.attrs(before)
	e.Name = sdk.Spare(e.Name)
	return x.With(before, e)
}
