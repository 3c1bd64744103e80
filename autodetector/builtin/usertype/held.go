package usertype

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Held reports whether tables hold arrays of a type while it is altered, or values
// of a domain over such an array, or of a composite or range made of it.
func Held(w *sdk.Work, t address.Address) bool { return held(w, t, false) }

// held looks at what has a type before and after the migration: what gets or loses
// the type is not there while it is altered. Within an array every value counts.
func held(w *sdk.Work, t address.Address, array bool) bool {
	for _, after := range w.Pass.To.Dependents(t) {
		before := w.Pass.From.Get(after.Address)
		if before == nil {
			continue
		}
		switch after.Address.Kind() {
		case model.FieldKind:
			of := sdk.AttrsOf[model.Field](w, before).Type
			if has(of, t) && (array || of.Dimensions > 0) {
				return true
			}
		case model.DomainKind:
			of := sdk.AttrsOf[model.Domain](w, before).Type
			if has(of, t) && held(w, after.Address, array || of.Dimensions > 0) {
				return true
			}
		default:
			if isOver(w, before, t) && held(w, after.Address, true) {
				return true
			}
		}
	}
	return false
}

// isOver reports whether a type is made of another one, or of arrays of it.
func isOver(w *sdk.Work, o *sdk.Object, t address.Address) bool {
	return slices.ContainsFunc(MadeOf(w, o), func(of model.Type) bool { return has(of, t) })
}

// MadeOf returns the types that a type is made of, none of what is no type.
func MadeOf(w *sdk.Work, o *sdk.Object) []model.Type {
	switch o.Address.Kind() {
	case model.DomainKind:
		return []model.Type{sdk.AttrsOf[model.Domain](w, o).Type}
	case model.RangeKind:
		return []model.Type{sdk.AttrsOf[model.Range](w, o).Subtype}
	case model.CompositeKind:
		var types []model.Type
		for _, a := range sdk.AttrsOf[model.Composite](w, o).Fields {
			types = append(types, a.Type)
		}
		return types
	}
	return nil
}

// has reports whether a type is another one, or an array of it.
func has(of model.Type, t address.Address) bool { return of.Of != nil && of.Of.Address == t }
