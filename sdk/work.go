package sdk

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Work is one pass in progress: what an Owner sees, and what takes its answers.
// The first error stays; what is rendered after it is worth nothing and is thrown
// away with it.
type Work struct {
	// Pass is all that the plugin sees.
	Pass Pass
	// From and To give the names before and after the migration.
	From, To Moment

	result  Result
	err     error
	decoded map[*Object]any // a table is looked at for each of its columns
	names   map[*Object]string
	tagged  map[reflect.Type]bool
	mustGo  bool // see MustGo
}

func newWork(pass Pass) *Work {
	w := &Work{Pass: pass, decoded: map[*Object]any{}, names: map[*Object]string{}, tagged: map[reflect.Type]bool{}}
	w.From = Moment{Work: w, get: pass.From.Get, was: true}
	w.To = Moment{Work: w, get: pass.To.Get}
	return w
}

// Back returns the names at the moment when the alteration of an object is taken
// back. What the object refers to now was altered before it, so it still has its
// new name then; all else has the old one.
func (w *Work) Back(after *Object) Moment {
	return Moment{Work: w, get: func(a address.Address) *Object {
		if o := w.Pass.To.Get(a); o != nil && a != after.Address && (after.Parent == a || after.Ref(a) != 0) {
			return o
		}
		return w.Pass.From.Get(a)
	}}
}

// Fail makes an error the error of Detect: the plugin cannot go on.
func (w *Work) Fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// Emit adds an operation. One on a table that is not managed changes the state
// only; see Moment.Managed.
func (w *Work) Emit(managed bool, op Operation) {
	if !managed {
		op = Operation{Kind: op.Kind, Target: op.Target, Summary: op.Summary + " (unmanaged)", Edits: op.Edits}
	}
	w.result.Operations = append(w.result.Operations, op)
}

// MustGo reports whether the object whose change is answered cannot stay where it
// is: something that it refers to, or is part of, is dropped and made again. One that
// has to be replaced and of which that is not so may be altered in place, if
// PostgreSQL can.
func (w *Work) MustGo() bool { return w.mustGo }

// Replace has an owner drop an object and make it again. What refers to it does
// not survive that and makes way too.
func (w *Work) Replace(own Owner, before, after *Object) {
	own.Drop(before)
	last := len(w.result.Operations) - 1
	w.result.Operations[last].Touches = Touching(before.Address, Everything)
	own.Create(after)
}

// Report reports a mistake in the models, or what else a user should know.
func (w *Work) Report(d Diagnostic) { w.result.Diagnostics = append(w.result.Diagnostics, d) }

// Ask asks the user something, who answers in the next pass; see Answer.
func (w *Work) Ask(question Question) { w.result.Questions = append(w.result.Questions, question) }

// Answer returns the user's answer to a question about an object, or nil. The
// plugin has to consume it.
func (w *Work) Answer(question string, about Address) *Expression {
	return FactOf[Expression](w, question, about)
}

// State states a fact about an object for other plugins. The value becomes JSON.
func (w *Work) State(name string, about Address, value any) {
	encoded, err := state.Encode(value)
	if err != nil {
		w.Fail(fmt.Errorf("the fact %s of %s: %w", name, about, err))
	}
	w.result.Facts = append(w.result.Facts, Fact{Name: name, Subject: about.String(), Value: encoded})
}

// FactOf returns a fact about an object that the plugin consumes, read as a T, or
// nil if nobody has stated it.
func FactOf[T any](w *Work, name string, about Address) *T {
	for _, f := range w.Pass.Facts {
		if f.Name != name || f.Subject != about.String() {
			continue
		}
		value := new(T)
		if err := json.Unmarshal(f.Value, value); err != nil {
			w.Fail(fmt.Errorf("the fact %s of %s: %w", name, about, err))
		}
		return value
	}
	return nil
}

// AttrsOf returns the attributes of an object as a struct of its kind, with JSON
// tags, or as the arguments of an option, with tags as ShapeOf knows them.
func AttrsOf[T any](w *Work, o *Object) T {
	if attrs, ok := w.decoded[o].(T); ok {
		return attrs
	}
	attrs, err := read[T](w, o)
	if err != nil {
		w.Fail(fmt.Errorf("attributes of %s: %w", o.Address, err))
		return attrs
	}
	w.decoded[o] = attrs
	return attrs
}

func read[T any](w *Work, o *Object) (T, error) {
	t := reflect.TypeFor[T]()
	tagged, known := w.tagged[t]
	if !known {
		tagged = isTagged(t)
		w.tagged[t] = tagged
	}
	if tagged {
		return decodeTagged[T](o.Attrs)
	}
	return state.Decode[T](o)
}

// isTagged reports whether a type is a struct with a field that has our tag.
func isTagged(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for range fields(t) {
		return true
	}
	return false
}
