package builtin

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// once returns the one-off value for the rows that are there when a field comes,
// as SQL. It is not ok if the user has to be asked.
func (x fields) once(c column, existing bool) (value string, ok bool) {
	if !existing || c.generated != "" || c.field.Identity != "" {
		return "", true
	}
	if answer := x.answer(c.address); answer != nil {
		return x.to.defaultSQL(answer, c.field.Type), true
	}
	if c.field.Null || c.value != "" || x.domainDefault(c.field.Type) {
		return "", true
	}
	x.ask(c.address, fmt.Sprintf("What value do the rows of %s get for the new field %s?", parentPath(c.address), c.address.Name()),
		"The field is NOT NULL and has no default, and the table may have rows.")
	return "", false
}

func (x fields) domainDefault(t model.Type) bool {
	if t.Of == nil || t.Of.Kind() != model.DomainKind || t.Dimensions > 0 {
		return false
	}
	return decode[model.Domain](x.work, x.to.find(t.Of.Address)).Default != nil
}

// fillWith returns the value for rows that hold null in a field that becomes NOT
// NULL, as SQL; "" leaves it to the declared default.
func (x fields) fillWith(c column) (value string, ok bool) {
	if answer := x.answer(c.address); answer != nil {
		return x.to.defaultSQL(answer, c.field.Type), true
	}
	if c.value != "" || c.field.Identity != "" || c.generated != "" {
		return "", true
	}
	x.ask(c.address, fmt.Sprintf("What value do the rows of %s get whose %s is null?", parentPath(c.address), c.address.Name()),
		"The field becomes NOT NULL and has no default, and rows may hold null.")
	return "", false
}

func (x fields) ask(field address.Address, text, why string) {
	x.result.Questions = append(x.result.Questions, detect.Question{
		Name: oneOffDefault, Subject: field.String(), Text: text, Why: why,
		Flag: "--default " + field.Path() + "=VALUE",
	})
}

func parentPath(field address.Address) string {
	names := field.Names()
	return address.New(model.ModelKind, names[:len(names)-1]...).Path()
}

// keepsDefault reports whether the default needs no statement: it is the same
// but for renamed values of an enum, which PostgreSQL follows, or the operation
// that makes the enum anew sets it.
func (x fields) keepsDefault(before, after *state.Object) bool {
	was, is := decode[model.Field](x.work, before), decode[model.Field](x.work, after)
	if was.Type.Of == nil || was.Type.Of.Kind() != model.EnumKind || !same(was.Type, is.Type) {
		return same(was.Default, is.Default)
	}
	plan := x.enumPlan(was.Type.Of.Address)
	return plan.recreates() || same(plan.mapped(was.Default), is.Default)
}

// exchanged reports whether the type of a field is an enum that is made anew.
func (x fields) exchanged(before, after *state.Object) bool {
	was, is := decode[model.Field](x.work, before), decode[model.Field](x.work, after)
	enum := was.Type.Of != nil && was.Type.Of.Kind() == model.EnumKind && same(was.Type, is.Type)
	return enum && x.enumPlan(was.Type.Of.Address).recreates()
}
