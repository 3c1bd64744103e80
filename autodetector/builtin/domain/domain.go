// Package domain is the kind of domains, types with constraints over another type.
// PostgreSQL changes the default, the check, NOT NULL and the name of one in place;
// the type under it stays for good, so where that changes a new domain takes the
// place of the old one and the columns of it are converted.
package domain

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Kind returns the detector of domains. Two that differ in name, schema and comment
// only may be one under two names.
func Kind() sdk.Detector {
	const doc = "types with constraints"
	kind := sdk.Kind{
		Name: model.DomainKind, Doc: doc, Type: &sdk.TypeKind{Base: "type"},
		Naming: []string{"name"}, Likeness: detect.Judged,
	}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return domains{w} }), sdk.Judges(alike), sdk.Blocks(block()), sdk.FromSQL(readSQL),
		sdk.Consumes(usertype.Facts()...))
}

func alike(_ *sdk.Work, before, after *sdk.Object) sdk.Alikeness {
	if sdk.SameBut(before, after, "name", "schema", "comment") {
		return detect.Alike
	}
	return detect.Different
}

// domains owns the domains of a pass.
type domains struct{ *sdk.Work }

func (x domains) attrs(o *sdk.Object) model.Domain { return sdk.AttrsOf[model.Domain](x.Work, o) }

// Create makes a domain.
func (x domains) Create(o *sdk.Object) {
	d := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(usertype.CreateDomain(x.To, d)...), operation.SQL("DROP DOMAIN "+name(d).SQL())
	op.Takes = name(d).Keys()
	x.Emit(true, op)
}

// Drop takes a domain away.
func (x domains) Drop(o *sdk.Object) {
	d := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP DOMAIN "+name(d).SQL()), operation.SQL(usertype.CreateDomain(x.From, d)...)
	op.Frees = name(d).Keys()
	x.Emit(true, op)
}

// Alter changes a domain in place. Where the type under it changes, it is exchanged
// for a new one and the columns are converted. It is never made anew for the sake of
// something else: then it has to do for a while without what calls that.
func (x domains) Alter(before, after *sdk.Object, replace bool) {
	if replace {
		before = x.release(before, after)
	}
	if state.Same(before, after) {
		return
	}
	before = x.unchecked(before, after)
	was, is := x.attrs(before), x.attrs(after)
	op := sdk.Alteration(after)
	was, op.Needs = x.follow(usertype.Lasting(x.Work, before, was))
	up, down := move(was, is, was.Check != nil), move(is, was, was.Check != nil)
	if len(up) > 0 {
		sdk.Claim(&op, name(was).Keys(), name(is).Keys())
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + name(is).SQL()
	}
	forth, back := x.change(&op, after, was, is)
	op.Up, op.Down = operation.SQL(append(up, forth...)...), operation.SQL(append(back, down...)...)
	x.Emit(true, op)
}

// inPlace returns a domain under the name that it has got: on the way back it is
// changed first and renamed then.
func inPlace(was, is model.Domain) model.Domain {
	was.Schema, was.Name = is.Schema, is.Name
	return was
}

// Names is the name among the types of a schema.
func (x domains) Names(_ sdk.Moment, o *sdk.Object) []string { return name(x.attrs(o)).Keys() }

// Aside gives a domain another name.
func (x domains) Aside(before, _ *sdk.Object) *sdk.Object {
	d := x.attrs(before)
	d.Name = sdk.Spare(d.Name)
	return x.With(before, d)
}
