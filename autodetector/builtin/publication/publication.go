// Package publication is the kind of publications: the changes of which tables are
// told to other databases. PostgreSQL changes all of one where it is, but for whether
// it has all tables; the columns and rows of a table change as it leaves and comes back.
package publication

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "publication"

// attrs are the attributes of a publication.
type attrs struct {
	AllTables bool          `json:"all_tables,omitempty"`
	Comment   string        `json:"comment,omitempty"`
	Parts     []part        `json:"model,omitempty"`
	Models    []address.Ref `json:"models,omitempty"`
	Name      string        `json:"name"`
	Publish   []string      `json:"publish,omitempty"` // none: all
	Schemas   []string      `json:"schemas,omitempty"`
	ViaRoot   bool          `json:"via_root,omitempty"`
}

// A part is a model of which a publication has some columns or rows.
type part struct {
	Columns []address.Ref    `json:"columns,omitempty"`
	Model   address.Ref      `json:"label"`
	Where   *expression.Node `json:"where,omitempty"`
}

// Kind returns the detector of publications. The user is asked whether one under
// another name is the same: who subscribes names it.
func Kind() sdk.Detector {
	const doc = "publications"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions()...), sdk.Reads(model.ConstraintKind),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return publications{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL))
}

// publications owns the publications of a pass.
type publications struct{ *sdk.Work }

func (x publications) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes a publication.
func (x publications) Create(o *sdk.Object) {
	x.check(o)
	p := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, p)...), operation.SQL("DROP "+naming(p))
	op.Takes, op.Needs = keys(p), inSchemas(p, sdk.After, sdk.Create)
	x.Emit(true, op)
}

// Drop takes a publication away.
func (x publications) Drop(o *sdk.Object) {
	p := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP "+naming(p)), operation.SQL(create(x.From, p)...)
	op.Frees, op.Needs = keys(p), inSchemas(p, sdk.Before, sdk.Drop)
	x.Emit(true, op)
}

// Alter changes a publication where it is. Tables of which it names columns leave it
// for as long as something is done to these.
func (x publications) Alter(before, after *sdk.Object, replace bool) {
	x.check(after)
	if x.attrs(before).AllTables != x.attrs(after).AllTables {
		x.Replace(x, before, after)
		return
	}
	if replace {
		before = x.leave(before, x.attrs(after))
	}
	if state.Same(before, after) {
		return
	}
	was, is := x.attrs(before), x.attrs(after)
	op := sdk.Alteration(after)
	if was.Name != is.Name {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + is.Name
	}
	op.Needs = slices.Concat(inSchemas(is, sdk.After, sdk.Create), inSchemas(was, sdk.Before, sdk.Drop))
	at := x.Back(after) // what it names no more is altered afterwards
	op.Up, op.Down = operation.SQL(alter(at, was, is)...), operation.SQL(alter(at, is, was)...)
	x.Emit(true, op)
}

// leave takes tables out of a publication and returns it as it is then: those of
// which it names columns, or all if tables themselves are made again, and those that
// do not come back.
func (x publications) leave(before *sdk.Object, after attrs) *sdk.Object {
	was := x.attrs(before)
	left := was
	left.Parts = nil
	left.Models = slices.DeleteFunc(slices.Clone(was.Models), func(ref address.Ref) bool { return x.MustGo() || !slices.Contains(after.Models, ref) })
	if len(left.Models) == 0 {
		left.Models = nil
	}
	if sdk.Same(was, left) {
		return before
	}
	out := usertype.Unreferred(x.With(before, left), without(before, left))
	op := sdk.Alteration(out)
	op.Summary += ": without what changes"
	op.Needs = []sdk.Need{sdk.Soft(sdk.Before(sdk.Alter, before.Address))}
	op.Up, op.Down = operation.SQL(alter(x.From, was, left)...), operation.SQL(alter(x.From, left, was)...)
	x.Emit(true, op)
	return out
}

// without returns what a publication refers to no longer once tables have left it.
func without(o *sdk.Object, left attrs) []address.Address {
	var gone []address.Address
	for _, ref := range o.Refs {
		if !slices.Contains(left.Models, address.RefTo(ref.Target)) {
			gone = append(gone, ref.Target)
		}
	}
	return gone
}

// inSchemas are the needs of a publication of whole schemas, some of which may be
// made or dropped.
func inSchemas(p attrs, when func(operation.Verb, address.Address) sdk.Need, verb operation.Verb) []sdk.Need {
	var needs []sdk.Need
	for _, name := range p.Schemas {
		needs = append(needs, sdk.Soft(when(verb, schemaOf(name))))
	}
	return needs
}

// Names is the name among the publications of the database.
func (x publications) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives a publication another name.
func (x publications) Aside(before, _ *sdk.Object) *sdk.Object {
	p := x.attrs(before)
	p.Name = sdk.Spare(p.Name)
	return x.With(before, p)
}
