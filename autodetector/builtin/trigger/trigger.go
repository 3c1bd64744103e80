// Package trigger is the kind of triggers on tables and views. PostgreSQL keeps one by what it
// names, renames it and turns it on and off where it is, and takes another definition
// in place; a constraint trigger is dropped and made again.
package trigger

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const (
	kindName     = "trigger"
	functionKind = "function"
	viewKind     = "view"
)

// attrs are the attributes of a trigger. What is absent is PostgreSQL's default.
type attrs struct {
	Args        []string          `json:"args,omitempty"`
	Comment     string            `json:"comment,omitempty"`
	Constraint  bool              `json:"constraint,omitempty"`
	Deferrable  string            `json:"deferrable,omitempty"` // "immediate" or "deferred"
	Each        string            `json:"each,omitempty"`       // empty: statement
	Enabled     string            `json:"enabled,omitempty"`    // "always", "replica" or "false"
	Execute     *address.Ref      `json:"execute,omitempty"`    // a function
	From        *address.Ref      `json:"from,omitempty"`       // a model
	If          *sdk.Text         `json:"if,omitempty"`
	Name        string            `json:"name"`
	Of          []address.Ref     `json:"of,omitempty"` // fields
	On          []string          `json:"on"`
	Referencing map[string]string `json:"referencing,omitempty"`
	Undeclared  string            `json:"undeclared,omitempty"`
	View        *address.Ref      `json:"view,omitempty"` // of what is in no model
	When        string            `json:"when"`
}

// isConstraint reports whether it is a constraint trigger.
func (t attrs) isConstraint() bool { return t.Constraint || t.Deferrable != "" }

// definition returns what CREATE TRIGGER says of it but for its name, in the one way
// in which PostgreSQL keeps it.
func (t attrs) definition() attrs {
	t.Name, t.Comment, t.Enabled = "", "", ""
	t.Constraint = t.isConstraint()
	if t.Each == statement {
		t.Each = ""
	}
	written := t.On
	t.On = slices.DeleteFunc(slices.Clone(events), func(event string) bool { return !slices.Contains(written, event) })
	return t
}

// Kind returns the detector of triggers. One with another label is the same trigger
// if nothing but the name differs.
func Kind() sdk.Detector {
	const doc = "triggers of tables and views"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name"}, Likeness: detect.Sure}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return triggers{w} }), sdk.Blocks(block(), viewBlock()), sdk.FromSQL(readSQL), sdk.Consumes(usertype.Facts()...))
}

// triggers owns the triggers of a pass.
type triggers struct{ *sdk.Work }

func (x triggers) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes a trigger.
func (x triggers) Create(o *sdk.Object) {
	x.check(o)
	t := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, o, t)...), operation.SQL(drop(x.To, o, t))
	op.Takes = x.Names(x.To, o)
	x.Emit(x.To.Managed(o), op)
}

// Drop takes a trigger away.
func (x triggers) Drop(o *sdk.Object) {
	t := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL(drop(x.From, o, t)), operation.SQL(create(x.From, o, t)...)
	op.Frees = x.Names(x.From, o)
	x.Emit(x.From.Managed(o), op)
}

// Alter changes a trigger where it is, if PostgreSQL does. Something underneath that
// changes, such as the type of a column, does not do so while the trigger is there.
func (x triggers) Alter(before, after *sdk.Object, replace bool) {
	x.check(after)
	was, is := x.attrs(before), x.attrs(after)
	redefined := !sdk.Same(was.definition(), is.definition())
	renames := !sdk.Same(was.If, is.If) && usertype.NewRenaming(x.Work).Concerns(before)
	if replace || renames || redefined && (was.isConstraint() || is.isConstraint()) {
		x.Replace(x, before, after)
		return
	}
	if state.Same(before, after) {
		return
	}
	op := sdk.Alteration(after)
	up, down := rename(x.To, after, was, is), rename(x.To, after, is, was)
	if len(up) > 0 {
		sdk.Claim(&op, x.Names(x.From, before), x.Names(x.To, after))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + is.Name
	}
	then := was
	then.Name = is.Name
	op.Up = operation.SQL(append(up, alter(x.To, after, then, is)...)...)
	op.Down = operation.SQL(append(alter(x.Back(after), after, is, then), down...)...)
	x.Emit(x.To.Managed(after) && x.From.Managed(before), op)
}

// Names is the name among the triggers of its table; that of a constraint trigger is
// one among the table's constraints too.
func (x triggers) Names(at sdk.Moment, o *sdk.Object) []string {
	t := x.attrs(o)
	if t.View != nil {
		view := sdk.AttrsOf[struct{ Schema, Name string }](x.Work, at.Find(t.View.Address))
		return []string{sdk.Name(string(detect.NamesTrigger), view.Schema, view.Name, t.Name)}
	}
	table := at.Model(o.Parent)
	names := []string{sdk.Name(string(detect.NamesTrigger), table.Schema, table.Table, t.Name)}
	if t.isConstraint() {
		names = append(names, sdk.Name(string(detect.NamesConstraint), table.Schema, table.Table, t.Name))
	}
	return names
}

// Aside gives a trigger another name.
func (x triggers) Aside(before, _ *sdk.Object) *sdk.Object {
	t := x.attrs(before)
	t.Name = sdk.Spare(t.Name)
	return x.With(before, t)
}
