// Package function is the kind of functions. PostgreSQL keeps the body as text and takes
// another one in place, whoever calls the function; other arguments or another result
// make another function, so then it is dropped and made again.
package function

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

const kindName = "function"

// attrs are the attributes of a function. What is absent is PostgreSQL's default.
type attrs struct {
	Args       []model.Argument  `json:"args,omitempty"`
	Body       sdk.Text          `json:"body"`
	Comment    string            `json:"comment,omitempty"`
	Cost       *int64            `json:"cost,omitempty"`
	Language   string            `json:"language,omitempty"` // empty: sql
	Leakproof  bool              `json:"leakproof,omitempty"`
	Name       string            `json:"name"`
	Parallel   string            `json:"parallel,omitempty"`
	Returns    model.Result      `json:"returns"`
	Rows       *int64            `json:"rows,omitempty"`
	Schema     string            `json:"schema"`
	Security   string            `json:"security,omitempty"` // "definer"
	Set        map[string]string `json:"set,omitempty"`
	Strict     bool              `json:"strict,omitempty"`
	Volatility string            `json:"volatility,omitempty"`
}

// Kind returns the detector of functions.
func Kind() sdk.Detector {
	const doc = "functions"
	kind := sdk.Kind{Name: kindName, Doc: doc, Naming: []string{"name", "schema"}, Likeness: detect.Asked}
	return sdk.Define(kind.Name, "1", doc, sdk.Whole(),
		sdk.Owns(kind, func(w *sdk.Work) sdk.Owner { return functions{w} }), sdk.Blocks(block()), sdk.Consumes(usertype.Changed, usertype.CompositeChanged, usertype.RangeChanged))
}

// functions owns the functions of a pass.
type functions struct{ *sdk.Work }

func (x functions) attrs(o *sdk.Object) attrs { return sdk.AttrsOf[attrs](x.Work, o) }

// Create makes a function.
func (x functions) Create(o *sdk.Object) {
	f := x.attrs(o)
	op := sdk.Creation(o)
	op.Up, op.Down = operation.SQL(create(x.To, f)...), operation.SQL("DROP FUNCTION "+signature(x.To, f))
	op.Takes = keys(x.To, f)
	x.Emit(true, op)
}

// Drop takes a function away.
func (x functions) Drop(o *sdk.Object) {
	f := x.attrs(o)
	op := sdk.Removal(o)
	op.Up, op.Down = operation.SQL("DROP FUNCTION "+signature(x.From, f)), operation.SQL(create(x.From, f)...)
	op.Frees = keys(x.From, f)
	x.Emit(true, op)
}

// Alter replaces a function where it is, unless it has another signature. What the
// body names may have another name: then the text is another one although nothing
// about the function has changed.
func (x functions) Alter(before, after *sdk.Object, replace bool) {
	was, is := x.attrs(before), x.attrs(after)
	renames := !sdk.Same(was.Body, is.Body) && usertype.NewRenaming(x.Work).Concerns(before)
	if !sdk.Same(shape(was), shape(is)) || renames || replace && (x.MustGo() || x.rests(before)) {
		x.Replace(x, before, after)
		return
	}
	op := sdk.Alteration(after)
	up, down := move(x.To, was, is), move(x.To, is, was)
	if len(up) > 0 {
		sdk.Claim(&op, keys(x.From, was), keys(x.To, is))
		op.Touches = sdk.Touching(after.Address, state.Name)
		op.Summary += ": rename to " + sdk.Qualified(is.Schema, is.Name)
	}
	then := was
	then.Schema, then.Name = is.Schema, is.Name
	forth, back := alter(then, is, replaced(x.From, then), replaced(x.To, is)), alter(is, then, replaced(x.To, is), unchecked(x.From, then))
	op.Up, op.Down = operation.SQL(append(up, forth...)...), operation.SQL(append(back, down...)...)
	if len(op.Up) == 0 && state.Same(before, after) {
		return
	}
	x.Emit(true, op)
}

// rests reports whether the signature of a function is made of something that is
// dropped and made again: a type, or a table whose rows it takes.
func (x functions) rests(o *sdk.Object) bool {
	f := x.attrs(o)
	types := []model.Type{f.Returns.Type}
	for _, arg := range append(f.Args, f.Returns.Table...) {
		types = append(types, arg.Type)
	}
	for _, t := range types {
		if t.Of != nil && x.remade(t.Of.Address) {
			return true
		}
	}
	return false
}

// remade reports whether an object goes for good or changes in this pass, or is a type
// made of one that does. A composite that stays the same type with other attributes is
// not meant.
func (x functions) remade(a address.Address) bool {
	from, to := x.Pass.From.Get(a), x.Pass.To.Get(a)
	change := sdk.FactOf[usertype.Change](x.Work, usertype.CompositeChanged, a)
	switch {
	case from == nil || to == nil:
		return true
	case !state.Same(from, to):
		return change == nil || change.Remade
	}
	return slices.ContainsFunc(usertype.MadeOf(x.Work, from), func(t model.Type) bool { return t.Of != nil && x.remade(t.Of.Address) })
}

// Names are the names among the functions of a schema.
func (x functions) Names(at sdk.Moment, o *sdk.Object) []string { return keys(at, x.attrs(o)) }

// Aside gives a function another name.
func (x functions) Aside(before, _ *sdk.Object) *sdk.Object {
	f := x.attrs(before)
	f.Name = sdk.Spare(f.Name)
	return x.With(before, f)
}
