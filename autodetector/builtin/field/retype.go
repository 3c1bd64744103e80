package field

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// retype changes what can be changed in place. It is false if the user has to be
// asked first.
func (x fields) retype(op *sdk.Operation, before, after *sdk.Object, from, to column.Column, c conversion, managed bool) bool {
	change := x.typeChange(before, after)
	r := retyping{
		from: from, to: to, retype: retypes(from, to),
		kept:      change.Remade || sdk.Same(change.Default(from.Field.Default), to.Field.Default),
		exchanged: change.Remade, using: c.using, key: c.key,
	}
	if r.retype && r.key == nil {
		r.again = unconverted(from, to)
	}
	if managed && from.Requires(to) {
		once, ok := x.fillWith(to)
		if !ok {
			return false
		}
		r.once = once
	}
	op.Up, op.Down = r.statements(), r.backwards().statements()
	op.Summary += r.summary()
	op.Touches = r.touches()
	op.Hazard = x.hazards(r, before, after)
	if r.key != nil {
		op.Needs = x.rekeyed(before, after)
	}
	sdk.Claim(op, names(from), names(to))
	return true
}

// typeChange returns what happens to the type under a field that keeps it: where
// PostgreSQL follows, or the operation that makes the type anew sees to it, the
// field needs no statement.
func (x fields) typeChange(before, after *sdk.Object) usertype.Change {
	was, is := sdk.AttrsOf[model.Field](x.Work, before).Type, sdk.AttrsOf[model.Field](x.Work, after).Type
	if was.Of == nil || !sdk.Same(was, is) {
		return usertype.Change{}
	}
	if change := sdk.FactOf[usertype.Change](x.Work, usertype.Changed, was.Of.Address); change != nil {
		return *change
	}
	return usertype.Change{}
}
