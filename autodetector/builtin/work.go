package builtin

import (
	"encoding/json"
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// work is one pass in progress. The first error stays; what is rendered after it
// is worth nothing and is thrown away with it.
type work struct {
	pass     detect.Pass
	from, to view // names as they are before and after the migration
	result   detect.Result
	err      error
	decoded  map[*state.Object]any // a table is looked at for each of its columns
}

func newWork(pass detect.Pass) *work {
	w := &work{pass: pass, decoded: map[*state.Object]any{}}
	w.from = view{work: w, get: pass.From.Get}
	w.to = view{work: w, get: pass.To.Get}
	return w
}

func (w *work) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

// back returns the names at the moment when the alteration of an object is taken
// back. What the object refers to now was altered before it, so it still has its
// new name then; all else has the old one.
func (w *work) back(after *state.Object) view {
	return view{work: w, get: func(a address.Address) *state.Object {
		if o := w.pass.To.Get(a); o != nil && a != after.Address && (after.Parent == a || after.Ref(a) != 0) {
			return o
		}
		return w.pass.From.Get(a)
	}}
}

// managed reports whether the table that an object is part of is ours to change.
// Enums and the like are nobody's part and always ours.
func (w *work) managed(s *state.State, o *state.Object) bool {
	for ; o != nil; o = s.Get(o.Parent) {
		if o.Address.Kind() == model.ModelKind && decode[model.Model](w, o).Unmanaged {
			return false
		}
	}
	return true
}

// emit adds an operation. Without managed it changes the state only.
func (w *work) emit(managed bool, op operation.Operation) {
	if !managed {
		op = operation.Operation{Kind: op.Kind, Target: op.Target, Summary: op.Summary + " (unmanaged)", Edits: op.Edits}
	}
	w.result.Operations = append(w.result.Operations, op)
}

func (w *work) report(d diag.Diagnostic) { w.result.Diagnostics = append(w.result.Diagnostics, d) }

// answer returns the user's one-off value for a field, or nil.
func (w *work) answer(field address.Address) *expression.Node {
	value := w.fact(oneOffDefault, field)
	if value == nil {
		return nil
	}
	var n expression.Node
	if err := json.Unmarshal(value, &n); err != nil {
		w.fail(fmt.Errorf("one-off default of %s: %w", field, err))
	}
	return &n
}

func (w *work) fact(name string, subject address.Address) json.RawMessage {
	for _, f := range w.pass.Facts {
		if f.Name == name && f.Subject == subject.String() {
			return f.Value
		}
	}
	return nil
}

// existing reports whether a table was there before the migration.
func (w *work) existing(table address.Address) bool { return w.pass.From.Has(table) }

func decode[T any](w *work, o *state.Object) T {
	if attrs, ok := w.decoded[o].(T); ok {
		return attrs
	}
	attrs, err := state.Decode[T](o)
	if err != nil {
		w.fail(fmt.Errorf("attributes of %s: %w", o.Address, err))
	}
	w.decoded[o] = attrs
	return attrs
}

// creation, alteration and removal are the edits and titles of operations.
func creation(o *state.Object) operation.Operation {
	return operation.Operation{
		Kind: "create_" + o.Address.Kind(), Target: o.Address,
		Summary: "create " + o.Address.String(), Edits: []state.Edit{state.Put(o)},
	}
}

func alteration(o *state.Object) operation.Operation {
	return operation.Operation{
		Kind: "alter_" + o.Address.Kind(), Target: o.Address,
		Summary: "alter " + o.Address.String(), Edits: []state.Edit{state.Put(o)},
	}
}

func removal(o *state.Object) operation.Operation {
	return operation.Operation{
		Kind: "drop_" + o.Address.Kind(), Target: o.Address,
		Summary: "drop " + o.Address.String(), Edits: []state.Edit{state.Drop(o.Address)},
	}
}

// everything is all aspects of an object.
const everything = state.Exists | state.Name | state.Type | state.Definition

func touch(a address.Address, aspects state.Aspects) []operation.Touch {
	if aspects == 0 {
		return nil
	}
	return []operation.Touch{{Object: a, Aspects: aspects}}
}
