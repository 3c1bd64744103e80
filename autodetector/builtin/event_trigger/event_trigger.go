// Package eventtrigger is the kind of event triggers, which watch statements about
// objects. PostgreSQL renames one and turns it on and off where it is; all else is
// dropped and made again. It would watch the migration too, so it comes when all else
// is done, and goes before all else begins.
package eventtrigger

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const (
	kindName     = "event_trigger"
	functionKind = "function"
)

// attrs are the attributes of an event trigger.
type attrs struct {
	Comment    string       `json:"comment,omitempty"`
	Enabled    string       `json:"enabled,omitempty"` // "always", "replica" or "false"
	Execute    *address.Ref `json:"execute,omitempty"` // a function
	Name       string       `json:"name"`
	On         string       `json:"on"`
	Tags       []string     `json:"tags,omitempty"`
	Undeclared string       `json:"undeclared,omitempty"`
}

// definition returns what CREATE EVENT TRIGGER says of it but for its name.
func (t attrs) definition() attrs {
	t.Name, t.Comment, t.Enabled = "", "", ""
	return t
}

// isOff reports whether it never fires.
func (t attrs) isOff() bool { return t.Enabled == "false" }

// Kind returns the detector of event triggers.
func Kind() sdk.Detector {
	const doc = "event triggers"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return eventTriggers{w} }), sdk.Blocks(block()), sdk.FromSQL(readSQL))
}

// eventTriggers owns the event triggers of a pass.
type eventTriggers struct{ *sdk.Work }

func (x eventTriggers) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes an event trigger when all else is done.
func (x eventTriggers) Create(o *sdk.Object) {
	x.check(o)
	t := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, t)...), operation.SQL("DROP "+naming(t))
	op.Takes, op.Needs = keys(t), x.last(o)
	x.Emit(true, op)
}

// Drop takes an event trigger away before all else begins.
func (x eventTriggers) Drop(o *sdk.Object) {
	t := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP "+naming(t)), operation.SQL(create(x.From, t)...)
	op.Frees, op.Needs = keys(t), x.first(o)
	x.Emit(true, op)
}

// Alter changes an event trigger where it is, if PostgreSQL does. One that is turned
// on or off is so for the rest of the migration, or from its end on.
func (x eventTriggers) Alter(before, after *sdk.Object, replace bool) {
	x.check(after)
	was, is := x.attrs(before), x.attrs(after)
	if replace || !sdk.Same(was.definition(), is.definition()) {
		x.Replace(x, before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	op := sdk.Alteration(after)
	if was.Name != is.Name {
		sdk.Claim(&op, keys(was), keys(is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + is.Name
	}
	switch {
	case was.isOff() && !is.isOff():
		op.Needs = x.last(after)
	case !was.isOff() && is.isOff():
		op.Needs = x.first(after)
	}
	op.Up, op.Down = operation.SQL(alter(was, is)...), operation.SQL(alter(is, was)...)
	x.Emit(true, op)
}

// Names is the name among the event triggers of the database.
func (x eventTriggers) Names(_ sdk.Moment, o *sdk.Object) []string { return keys(x.attrs(o)) }

// Aside gives an event trigger another name.
func (x eventTriggers) Aside(before, _ *sdk.Object) *sdk.Object {
	t := x.attrs(before)
	t.Name = sdk.Spare(t.Name)
	return x.With(before, t)
}
