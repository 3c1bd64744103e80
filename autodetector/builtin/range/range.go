// Package ranges is the kind of ranges, types whose values have two bounds, each with its
// multirange. PostgreSQL gives one another name, schema and comment in place; all else
// of it stays for good, so then it is made anew and the columns of it are converted.
package ranges

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Kind returns the detector of ranges. Two that differ in names, schema and comment
// only may be one under two names.
func Kind() sdk.Detector {
	const doc = "types of ranges"
	kind := sdk.Kind{
		Name: model.RangeKind, Doc: doc, Type: &sdk.TypeKind{Bounds: "subtype", Order: "subtype_opclass", Several: "multirange"},
		Naming: []string{"name", "multirange"}, Likeness: detect.Judged,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return ranges{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL), sdk.Reads("function"),
		sdk.Judges(alike), sdk.Produces(usertype.RangeChanged))
}

func alike(_ *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	if sdk.SameBut(before, after, "name", "multirange", "schema", "comment") {
		return detect.Alike
	}
	return detect.Different
}

// ranges owns the ranges of a pass.
type ranges struct{ *sdk.Work }

func (x ranges) attrs(o *sdk.Object) model.Range { return sdk.AttrsOf[model.Range](x.Work, o) }

// Create makes a range.
func (x ranges) Create(o *sdk.Object) {
	r := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(usertype.CreateRange(x.To, r)...), operation.SQL("DROP TYPE "+name(r).SQL())
	op.Takes, op.Needs = keys(r), x.after(r)
	x.Emit(true, op)
}

// Drop takes a range away, and its multirange with it.
func (x ranges) Drop(o *sdk.Object) {
	r := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP TYPE "+name(r).SQL()), operation.SQL(usertype.CreateRange(x.From, r)...)
	op.Frees, op.Needs = keys(r), x.before(r)
	x.Emit(true, op)
}

// Alter changes names, schema and comment in place. Where something else changes, the
// range is exchanged for a new one and the columns are converted. It is never made anew
// for the sake of something else.
func (x ranges) Alter(before, after *sdk.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	op := sdk.Alteration(after)
	up, down := usertype.MoveRange(was, is, x.To.Type(was.Subtype)), usertype.MoveRange(is, was, x.Back(after).Type(was.Subtype))
	if len(up) > 0 {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is).SQL()
	}
	then := inPlace(was, is)
	if then.Comment = is.Comment; !sdk.Same(then, is) {
		forth, back := x.exchange(&op, after, inPlace(was, is), is)
		up, down = append(up, forth...), append(back, down...)
	} else if was.Comment != is.Comment {
		up = append(up, sdk.Comment("TYPE "+name(is).SQL(), is.Comment))
		down = append(down, sdk.Comment("TYPE "+name(was).SQL(), was.Comment))
	}
	op.Up, op.Down = operation.SQL(up...), operation.SQL(down...)
	x.Emit(true, op)
}

// inPlace returns a range under the names that it has got.
func inPlace(was, is model.Range) model.Range {
	was.Schema, was.Name, was.Multirange = is.Schema, is.Name, is.Multirange
	return was
}

// Names are those of the range and its multirange among the types of a schema.
func (x ranges) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives a range and its multirange other names.
func (x ranges) Aside(before, _ *sdk.Object) *sdk.Object {
	r := x.attrs(before)
	r.Name, r.Multirange = sdk.Spare(r.Name), sdk.Spare(r.Multirange)
	return x.With(before, r)
}
