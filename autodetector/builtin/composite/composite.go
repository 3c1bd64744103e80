// Package composite is the kind of composites, types whose values have attributes.
// PostgreSQL adds, drops and renames attributes in place, with the values in columns
// kept; it changes the type of none that columns hold and moves none, so then the type
// is made anew and the columns of it are converted.
package composite

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// renamedFrom is the fact, about a composite, which attributes have new names: a JSON
// object of new names by old ones.
const renamedFrom = "renamed_from"

// Kind returns the detector of composites. Two with the same attributes may be one
// under two names.
func Kind() sdk.Detector {
	const doc = "types with attributes"
	kind := sdk.Kind{
		Name: model.CompositeKind, Doc: doc, Type: &sdk.TypeKind{Parts: "field"},
		Naming: []string{"name"}, Likeness: detect.Judged,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return composites{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL),
		sdk.Judges(alike), sdk.Consumes(renamedFrom), sdk.Produces(usertype.CompositeChanged))
}

func alike(_ *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	if sdk.SameBut(before, after, "name", "schema", "comment") {
		return detect.Alike
	}
	return detect.Different
}

// composites owns the composites of a pass.
type composites struct{ *sdk.Work }

func (x composites) attrs(o *sdk.Object) model.Composite {
	return sdk.AttrsOf[model.Composite](x.Work, o)
}

// Create makes a type.
func (x composites) Create(o *sdk.Object) {
	c := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(usertype.CreateComposite(x.To, c)...), operation.SQL("DROP TYPE "+name(c).SQL())
	op.Takes = keys(c)
	x.Emit(true, op)
}

// Drop takes a type away.
func (x composites) Drop(o *sdk.Object) {
	c := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP TYPE "+name(c).SQL()), operation.SQL(usertype.CreateComposite(x.From, c)...)
	op.Frees = keys(c)
	x.Emit(true, op)
}

// Alter renames, moves, renames attributes, changes them or makes the type anew, as
// little of it as does. A type is never made anew for the sake of something else.
func (x composites) Alter(before, after *sdk.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	op := sdk.Alteration(after)
	up, down := name(was).Move(name(is)), name(is).Move(name(was))
	if len(up) > 0 {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is).SQL()
	}
	forth, back := x.changeOf(&op, after, was, is).statements()
	up, down = append(up, forth...), append(back, down...)
	if was.Comment != is.Comment {
		up = append(up, sdk.Comment("TYPE "+name(is).SQL(), is.Comment))
		down = append(down, sdk.Comment("TYPE "+name(was).SQL(), was.Comment))
	}
	op.Up, op.Down = operation.SQL(up...), operation.SQL(down...)
	x.Emit(true, op)
}

// Names are the names among the types and the relations of a schema.
func (x composites) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives a type another name.
func (x composites) Aside(before, _ *sdk.Object) *sdk.Object {
	c := x.attrs(before)
	c.Name = sdk.Spare(c.Name)
	return x.With(before, c)
}
