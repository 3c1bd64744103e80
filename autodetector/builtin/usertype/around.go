package usertype

import (
	"bytes"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Around are the needs of an operation that gives values of a type other names: what
// names values of its columns is dropped with the old names, and made with the new ones.
func Around(w *sdk.Work, t address.Address) []sdk.Need {
	var needs []sdk.Need
	for _, field := range fieldsOf(w.Pass.From, t) {
		for _, o := range w.Pass.From.Dependents(field) {
			needs = append(needs, sdk.Need{Verb: operation.Drop, Object: o.Address, Soft: true, Why: "it may name values as they were"})
		}
	}
	for _, field := range fieldsOf(w.Pass.To, t) {
		for _, o := range w.Pass.To.Dependents(field) {
			if t.Kind() == model.CompositeKind && o.Parent.IsZero() {
				needs = append(needs, sdk.Need{Verb: operation.Alter, Object: o.Address, Before: true, Soft: true, Why: "it may name attributes that are there then"})
			}
			needs = append(needs, sdk.Need{Verb: operation.Create, Object: o.Address, Before: true, Soft: true, Why: "it may name values as they are then"})
		}
	}
	return needs
}

// fieldsOf returns the fields of a type, of arrays of it and of types made of it.
func fieldsOf(s *state.State, t address.Address) []address.Address {
	var fields []address.Address
	for _, o := range s.Dependents(t) {
		switch {
		case o.Address.Kind() == model.FieldKind:
			fields = append(fields, o.Address)
		case model.IsType(o.Address.Kind()):
			fields = append(fields, fieldsOf(s, o.Address)...)
		}
	}
	return fields
}

// Starred are the touches of what selects all attributes of values of a composite: it
// has other columns when the composite has other attributes.
func Starred(w *sdk.Work, t address.Address) []operation.Touch {
	var touches []operation.Touch
	for _, a := range append(fieldsOf(w.Pass.To, t), t) {
		starred := func(o *sdk.Object) bool { return bytes.Contains(o.Attrs, []byte(").*")) }
		if slices.ContainsFunc(w.Pass.To.Dependents(a), starred) {
			touches = append(touches, sdk.Touching(a, state.Type|state.Definition)...)
		}
	}
	return touches
}
