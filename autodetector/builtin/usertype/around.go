package usertype

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Around are the needs of an operation that gives values of a type other names: what
// names values is dropped with the old names, and made with the new ones.
func Around(w *sdk.Work, t address.Address) []sdk.Need {
	var needs []sdk.Need
	for _, o := range namersOf(w.Pass.From, t) {
		needs = append(needs, sdk.Need{Verb: operation.Drop, Object: o, Soft: true, Why: "it may name values as they were"})
	}
	for _, o := range namersOf(w.Pass.To, t) {
		if t.Kind() == model.CompositeKind && w.Pass.To.Get(o).Parent.IsZero() {
			needs = append(needs, sdk.Need{Verb: operation.Alter, Object: o, Before: true, Soft: true, Why: "it may name attributes that are there then"})
		}
		needs = append(needs, sdk.Need{Verb: operation.Create, Object: o, Before: true, Soft: true, Why: "it may name values as they are then"})
	}
	return needs
}

// namersOf returns what may name values of a type: what reads its columns, what casts to
// it, and what calls functions that take it.
func namersOf(s *state.State, t address.Address) []address.Address {
	var list []address.Address
	add := func(of address.Address) {
		for _, o := range s.Dependents(of) {
			list = append(list, o.Address)
		}
	}
	for _, field := range fieldsOf(s, t) {
		add(field)
	}
	for _, o := range s.Dependents(t) {
		if o.Address.Kind() == model.FieldKind || model.IsType(o.Address.Kind()) {
			continue
		}
		list = append(list, o.Address)
		if o.Parent.IsZero() {
			add(o.Address)
		}
	}
	return list
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
