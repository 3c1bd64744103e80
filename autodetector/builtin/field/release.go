package field

import (
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// release takes a default away that is in the way where what it names is dropped and
// made again, or a column that it takes of a row is altered, and returns the field
// without it; it is set again afterwards.
func (x fields) release(before, after *sdk.Object) *sdk.Object {
	f := sdk.AttrsOf[model.Field](x.Work, before)
	named := append(usertype.Remade(x.Work, after, f.Type, f.Default), x.taken(before)...)
	if len(named) == 0 {
		return before
	}
	released := x.without(before, named)
	x.takeDefault(x.Back(released), before, released)
	return released
}

// without returns a field without its default and what that names.
func (x fields) without(before *sdk.Object, named []address.Address) *sdk.Object {
	f := sdk.AttrsOf[model.Field](x.Work, before)
	f.Default = nil
	return usertype.Unreferred(x.With(before, f), named)
}

// called returns what the default of a field calls and something is true of. Types
// are not meant.
func (x fields) called(o *sdk.Object, is func(address.Address) bool) []address.Address {
	named := usertype.Named(sdk.AttrsOf[model.Field](x.Work, o).Default)
	return slices.DeleteFunc(named, func(a address.Address) bool { return model.IsType(a.Kind()) || !is(a) })
}

// taken returns the columns of other tables, of rows that a function gives, that the
// default of a field has in its SQL and that are altered.
func (x fields) taken(o *sdk.Object) []address.Address {
	f := sdk.AttrsOf[model.Field](x.Work, o)
	inSQL := false
	if f.Default != nil {
		f.Default.Walk(func(n expression.Node) { inSQL = inSQL || n.Kind == expression.SQL })
	}
	var columns []address.Address
	for _, ref := range o.Refs {
		if inSQL && f.Relation == nil && ref.Target.Kind() == model.FieldKind && x.remade(ref.Target) {
			columns = append(columns, ref.Target)
		}
	}
	return columns
}

// remade reports whether an object is another one afterwards.
func (x fields) remade(a address.Address) bool {
	was, is := x.Pass.From.Get(a), x.Pass.To.Get(a)
	return was != nil && is != nil && !state.Same(was, is)
}
