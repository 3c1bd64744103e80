package usertype

import (
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
