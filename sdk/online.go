package sdk

import (
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Stage returns an operation that changes no state: one of those that together make or
// take away an object on a table in use; see Operation.Online.
func Stage(o *Object, does string) Operation {
	op := Alteration(o)
	op.Edits = nil
	op.Summary += ": " + does
	return op
}

// Stays reports whether all that an object of before the migration refers to is there
// after it as it was: fields with columns of the same type, and everything else but its
// models the same.
func (w *Work) Stays(o *Object) bool {
	for _, ref := range o.Refs {
		was, is := w.Pass.From.Get(ref.Target), w.Pass.To.Get(ref.Target)
		switch kind := ref.Target.Kind(); {
		case was == nil || is == nil:
			return false
		case kind == model.FieldKind && !w.staysColumn(was, is):
			return false
		case kind != model.FieldKind && kind != model.ModelKind && !state.Same(was, is):
			return false
		}
	}
	return true
}

// staysColumn reports whether a field is a column of the type that it was.
func (w *Work) staysColumn(before, after *Object) bool {
	was, is := AttrsOf[model.Field](w, before), AttrsOf[model.Field](w, after)
	if is.Column == "" || was.Column == "" || !Same(was.Type, is.Type) || was.Collate != is.Collate {
		return false
	}
	if was.Type.Of == nil {
		return true
	}
	old, now := w.Pass.From.Get(was.Type.Of.Address), w.Pass.To.Get(was.Type.Of.Address)
	return old != nil && now != nil && state.Same(old, now)
}
