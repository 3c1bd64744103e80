package builtin

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// fields owns columns.
type fields struct{ *work }

func (x fields) create(o *state.Object) {
	c, managed := x.to.columnOf(o), x.managed(x.pass.To, o)
	op := creation(o)
	if isMany(c.field) {
		x.emit(true, op)
		return
	}
	once, ok := x.once(c, managed && x.existing(o.Parent))
	if !ok {
		return
	}
	op.Up, op.Down = operation.SQL(c.add(once)...), operation.SQL(c.drop())
	if once == "" {
		op.Inline = inlineColumn(c, o)
	}
	op.Takes = c.names()
	op.Hazard = c.createdHazards(once)
	x.emit(managed, op)
}

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

func (x fields) drop(o *state.Object) {
	c := x.from.columnOf(o)
	op := removal(o)
	if isMany(c.field) {
		x.emit(true, op)
		return
	}
	op.Up, op.Down = operation.SQL(c.drop()), operation.SQL(c.add("")...)
	op.Inline = inlineColumn(c, o)
	op.Frees = c.names()
	op.Hazard = c.droppedHazards()
	x.emit(x.managed(x.pass.From, o), op)
}

// alter changes a column in place. Only a generated column can be made anew for
// the sake of something else; the type of a plain one is converted by whoever
// alters the type, so there is nothing to do then.
func (x fields) alter(before, after *state.Object, replace bool) {
	from, to := x.back(after).columnOf(before), x.to.columnOf(after)
	managed := x.managed(x.pass.From, before) && x.managed(x.pass.To, after)
	op := alteration(after)
	switch {
	case replace && from.generated != "" && to.generated != "":
		x.drop(before)
		x.create(after)
		return
	case state.Same(before, after):
		return
	case isMany(from.field) && isMany(to.field):
	case isMany(from.field):
		x.becomeColumn(op, to, managed)
		return
	case isMany(to.field):
		op.Up, op.Down = operation.SQL(from.drop()), operation.SQL(from.add("")...)
		op.Frees, op.Hazard, op.Touches = from.names(), from.droppedHazards(), touch(after.Address, everything)
		op.Summary += ": becomes many_to_many"
	case remakes(before, after, from, to):
		x.remake(&op, from, to)
	default:
		if !x.retype(&op, before, after, from, to, managed) {
			return
		}
	}
	x.emit(managed || isMany(from.field) && isMany(to.field), op)
}

// becomeColumn adds the column of a field that had none.
func (x fields) becomeColumn(op operation.Operation, c column, managed bool) {
	once, ok := x.once(c, managed)
	if !ok {
		return
	}
	op.Up, op.Down = operation.SQL(c.add(once)...), operation.SQL(c.drop())
	op.Takes, op.Hazard = c.names(), c.createdHazards(once)
	op.Summary += ": becomes a column"
	x.emit(managed, op)
}

// remakes reports whether PostgreSQL has no way to change what a column is
// computed from.
func remakes(before, after *state.Object, from, to column) bool {
	if from.generated == "" && to.generated == "" {
		return false
	}
	return !sameBut(before, after, "column", "comment", "null", "relation")
}

// remake drops a column and adds it again. A column that is computed no longer
// keeps its values.
func (x fields) remake(op *operation.Operation, from, to column) {
	op.Up, op.Down = operation.SQL(recompute(from, to)...), operation.SQL(recompute(to, from)...)
	op.Touches = touch(to.address, everything)
	op.Summary += ": generated anew"
	exchange(op, from.names(), to.names())
	if from.generated == "" {
		op.Hazard = from.droppedHazards()
	}
}

func recompute(from, to column) []string {
	if to.generated == "" {
		plain := from
		plain.generated, plain.field.Generated = "", nil
		stays := retyping{from: plain, to: to, retype: !same(from.field.Type, to.field.Type) || from.field.Collate != to.field.Collate}
		renamed := from
		renamed.table = to.table
		return append([]string{renamed.alter("DROP EXPRESSION")}, stays.statements()...)
	}
	old := from
	old.table = to.table
	return append([]string{old.drop()}, to.add("")...)
}

// retype changes what can be changed in place. It is false if the user has to be
// asked first.
func (x fields) retype(op *operation.Operation, before, after *state.Object, from, to column, managed bool) bool {
	r := retyping{
		from: from, to: to,
		retype: !same(from.field.Type, to.field.Type) || from.field.Collate != to.field.Collate,
		kept:   x.keepsDefault(before, after),
	}
	if managed && from.field.Null && !to.field.Null {
		once, ok := x.fillWith(to)
		if !ok {
			return false
		}
		r.once = once
	}
	op.Up, op.Down = operation.SQL(r.statements()...), operation.SQL(r.reversed().statements()...)
	op.Summary += r.summary()
	op.Touches = r.touches()
	op.Hazard = x.hazards(r, before, after)
	exchange(op, from.names(), to.names())
	return true
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

func (r retyping) summary() string {
	var parts []string
	if r.from.name != r.to.name {
		parts = append(parts, "rename column "+r.from.name+" to "+r.to.name)
	}
	if r.from.kind.sql != r.to.kind.sql {
		parts = append(parts, r.from.kind.sql+" to "+r.to.kind.sql)
	}
	if r.from.field.Null != r.to.field.Null {
		parts = append(parts, map[bool]string{true: "null", false: "not null"}[r.to.field.Null])
	}
	if r.from.value != r.to.value {
		parts = append(parts, "default "+valueOr(r.to.value, "none"))
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

func valueOr(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func (r retyping) touches() []operation.Touch {
	var aspects state.Aspects
	if r.from.name != r.to.name {
		aspects |= state.Name
	}
	if r.retype {
		aspects |= touched(r.from.kind, r.to.kind)
	}
	return touch(r.to.address, aspects)
}

func (x fields) hazards(r retyping, before, after *state.Object) []operation.Hazard {
	if !r.retype {
		return nil
	}
	var hazards []operation.Hazard
	if lost := lost(x.from.column(before.Address), r.from.kind, r.to.kind); lost != "" {
		hazards = append(hazards, lossHazard(x.from, before, lost, false))
	}
	if lost := lost(r.to.name, r.to.kind, r.from.kind); lost != "" {
		hazards = append(hazards, lossHazard(x.to, after, lost, true))
	}
	if rewrites(r.from.kind, r.to.kind) {
		hazards = append(hazards, operation.Hazard{
			Code: "table_rewrite", Object: after.Address,
			Text: "every row of " + r.to.table + " is written anew; readers and writers wait until it is done",
		})
	}
	return hazards
}

func inlineColumn(c column, o *state.Object) *operation.Inline {
	return &operation.Inline{Clause: operation.Clause{SQL: c.definition(), Rank: o.Rank}}
}

// names are the names that a column has in the database: its own, within a table
// whatever that is called, and that of its sequence.
func (c column) names() []string {
	if c.field.Column == "" {
		return nil
	}
	names := []string{operation.Name("column", parentPath(c.address), c.field.Column)}
	if c.field.Identity != "" && c.field.Sequence != "" {
		names = append(names, operation.Name("relation", c.schema, c.field.Sequence))
	}
	return names
}

// createdHazards: on the way back the values are lost that differ from what the
// column began with.
func (c column) createdHazards(once string) []operation.Hazard {
	if c.generated != "" || c.field.Identity != "" {
		return nil
	}
	condition := c.name + " IS NOT NULL"
	if once == "" && isLiteral(c.field.Default) {
		// Not every type has an operator for equality; text has.
		condition = c.name + "::text IS DISTINCT FROM " + c.value + "::" + c.kind.sql + "::text"
	}
	return []operation.Hazard{c.valuesLost(condition, true)}
}

func isLiteral(n *expression.Node) bool {
	return n != nil && (n.Kind == expression.String || n.Kind == expression.Number || n.Kind == expression.Bool)
}

func (c column) droppedHazards() []operation.Hazard {
	if c.generated != "" {
		return nil
	}
	return []operation.Hazard{c.valuesLost(c.name+" IS NOT NULL", false)}
}

func (c column) valuesLost(condition string, down bool) operation.Hazard {
	return operation.Hazard{
		Code: operation.DataLoss, Object: c.address, Down: down,
		Text:  "the values of " + c.table + "." + c.name + " are lost",
		Probe: "SELECT EXISTS (SELECT FROM " + c.table + " WHERE " + condition + ")",
	}
}
