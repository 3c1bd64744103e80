// Package grant is the kind of rights that a role gets: GRANT, and ALTER DEFAULT
// PRIVILEGES for what comes later. The role is somebody else's. Rights are granted and
// revoked one by one; what is dropped and made again loses them, and gets them again.
package grant

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "grant"

// attrs are the attributes of a grant.
type attrs struct {
	Columns   []address.Ref `json:"columns,omitempty"` // fields
	On        target        `json:"on,omitzero"`
	Rights    []string      `json:"rights"`
	Role      string        `json:"role"`
	Schema    string        `json:"schema"` // of defaults
	Schemas   []string      `json:"schemas,omitempty"`
	WithGrant bool          `json:"with_grant,omitempty"`
}

// Kind returns the detector of grants. One with another label and the same rights is
// the same.
func Kind() sdk.Detector {
	const doc = "rights of roles"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"schema"}, Likeness: detect.Sure}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(), sdk.Defined(definitions()...), sdk.Reads(kindName),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return grants{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL))
}

// grants owns the grants of a pass.
type grants struct{ *sdk.Work }

func (x grants) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create grants rights.
func (x grants) Create(o *sdk.Object) {
	x.check(o)
	p := x.attrs(o).privileges()
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(grant(x.To, p)...), operation.SQL(revoke(x.To, p)...)
	op.Takes, op.Needs = keys(p), x.needs(o, sdk.After, sdk.Create)
	x.Emit(true, op)
}

// Drop revokes rights.
func (x grants) Drop(o *sdk.Object) {
	p := x.attrs(o).privileges()
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(revoke(x.From, p)...), operation.SQL(grant(x.From, p)...)
	op.Frees, op.Needs = keys(p), x.needs(o, sdk.Before, sdk.Drop)
	x.Emit(true, op)
}

// Alter grants rights that come and revokes those that go. Rights on what is dropped
// and made again go with it.
func (x grants) Alter(before, after *sdk.Object, replace bool) {
	x.check(after)
	if replace {
		x.restore(before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	at := x.Back(after) // what it is on no more is altered afterwards
	was, is := x.attrs(before).privileges(), x.attrs(after).privileges()
	op := sdk.Alteration(after)
	op.Up, op.Down = operation.SQL(change(at, was, is)...), operation.SQL(change(at, is, was)...)
	sdk.Claim(&op, keys(was), keys(is))
	op.Needs = append(x.needs(after, sdk.After, sdk.Create), x.needs(before, sdk.Before, sdk.Drop)...)
	x.Emit(true, op)
}

// restore revokes the rights that go while all is there still, and grants those that
// stay or come once what had to go is there again.
func (x grants) restore(before, after *sdk.Object) {
	was, is := x.attrs(before).privileges(), x.attrs(after).privileges()
	nothing := *before
	nothing.Refs = nil
	out := sdk.Alteration(&nothing)
	out.Summary += ": what it is on goes for a moment"
	out.Up, out.Down = operation.SQL(revoke(x.From, without(was, is))...), operation.SQL(grant(x.From, was)...)
	out.Needs = append(x.needs(before, sdk.Before, sdk.Drop), sdk.Soft(sdk.Before(sdk.Alter, before.Address)))
	x.Emit(true, out)
	back := sdk.Alteration(after)
	back.Up, back.Down = operation.SQL(grant(x.To, is)...), operation.SQL(revoke(x.To, without(is, was))...)
	back.Needs = x.needs(after, sdk.After, sdk.Create)
	sdk.Claim(&back, keys(was), keys(is))
	x.Emit(true, back)
}

// needs are those of rights on schemas that come or go, and of default rights: they are
// for what comes later, so they come last and go first.
func (x grants) needs(o *sdk.Object, when func(operation.Verb, address.Address) sdk.Need, verb operation.Verb) []sdk.Need {
	g := x.attrs(o)
	var needs []sdk.Need
	for _, name := range g.Schemas {
		needs = append(needs, sdk.Soft(when(verb, address.New(model.SchemaKind, name))))
	}
	if g.On.Defaults == "" {
		return needs
	}
	for _, s := range []*sdk.State{x.Pass.From, x.Pass.To} {
		for other := range s.All() {
			if kind := other.Address.Kind(); kind == model.ModelKind || slices.Contains(laterKinds, kind) {
				needs = append(needs, sdk.Soft(when(sdk.Create, other.Address)))
			}
		}
	}
	return needs
}

// Names are the rights, as two grants of one right would be one.
func (x grants) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o).privileges()) }

// Aside is a grant of nothing.
func (x grants) Aside(before, _ *sdk.Object) *sdk.Object {
	g := x.attrs(before)
	g.On, g.Schemas, g.Columns = target{}, nil, nil
	return x.With(before, g)
}
