package builtin

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// enums owns enumerated types.
type enums struct{ *work }

func (x enums) create(o *state.Object) {
	e := decode[model.Enum](x.work, o)
	op := creation(o)
	op.Up, op.Down = operation.SQL(createEnum(e)...), operation.SQL("DROP TYPE "+enumName(e))
	op.Takes = typeNames(e.Schema, e.Name)
	x.emit(true, op)
}

func (x enums) drop(o *state.Object) {
	e := decode[model.Enum](x.work, o)
	op := removal(o)
	op.Up, op.Down = operation.SQL("DROP TYPE "+enumName(e)), operation.SQL(createEnum(e)...)
	op.Frees = typeNames(e.Schema, e.Name)
	x.emit(true, op)
}

// alter renames, moves, renames values, adds values or makes the type anew, as
// little of it as does. A type is never made anew for the sake of something else.
func (x enums) alter(before, after *state.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := decode[model.Enum](x.work, before), decode[model.Enum](x.work, after)
	plan := x.enumPlan(after.Address)
	op := alteration(after)
	up, down := moveType(was.Schema, was.Name, is.Schema, is.Name), moveType(is.Schema, is.Name, was.Schema, was.Name)
	if len(up) > 0 {
		exchange(&op, typeNames(was.Schema, was.Name), typeNames(is.Schema, is.Name))
		op.Touches = touch(after.Address, state.Name)
		op.Summary += ": rename to " + enumName(is)
	}
	forth, back := renameValues(is, plan)
	up, down = append(up, forth...), append(back, down...)
	forth, back = x.values(&op, after, is, plan)
	up, down = append(up, forth...), append(back, down...)
	if was.Comment != is.Comment {
		up = append(up, comment("TYPE "+enumName(is), is.Comment))
		down = append(down, comment("TYPE "+enumName(was), was.Comment))
	}
	op.Up, op.Down = operation.SQL(up...), operation.SQL(down...)
	x.emit(true, op)
}

// values returns the statements for values that come, go or change places.
func (x enums) values(op *operation.Operation, after *state.Object, e model.Enum, plan enumPlan) (up, down []string) {
	if slices.Equal(plan.before, plan.after) {
		return nil, nil
	}
	conversion := x.conversion(after.Address, enumName(e), e.Schema, e.Name)
	conversion.renamed = plan.mapped
	old := e
	old.Values = plan.before
	op.Summary += ": " + changedValues(plan)
	op.Needs = conversion.needs()
	op.Hazard = append(x.valuesLost(after.Address, plan.removed(), false), x.valuesLost(after.Address, plan.fresh(), true)...)
	x.checkDomains(after.Address, plan)
	if plan.recreates() {
		op.Touches = append(op.Touches, conversion.touches()...)
		return conversion.statements(createEnum(e), true), conversion.statements(createEnum(old), false)
	}
	op.Transaction = operation.Committed
	for _, a := range plan.added() {
		up = append(up, addValue(e, a))
	}
	return up, []string{conversion.block(conversion.statements(createEnum(old), false))}
}

// checkDomains reports domains over an enum that has to be made anew: nothing
// can change the type under a domain.
func (x enums) checkDomains(enum address.Address, plan enumPlan) {
	for _, user := range x.pass.To.Dependents(enum) {
		if !plan.recreates() || user.Address.Kind() != model.DomainKind || !x.pass.From.Has(user.Address) {
			continue
		}
		x.report(diag.Diagnostic{
			Code:    "WH2301",
			Summary: fmt.Sprintf("values of %s cannot go or change places while %s is over it", enum, user.Address),
			Detail:  "PostgreSQL takes no value from an enum: the type has to be made anew, and the type under a domain cannot be exchanged.",
			Next:    "take the domain out in one migration, change the enum, and bring the domain back in the next",
			Address: enum.String(),
		})
	}
}

func changedValues(plan enumPlan) string {
	var parts []string
	for _, value := range plan.fresh() {
		parts = append(parts, "add "+address.Literal(value))
	}
	for _, value := range plan.removed() {
		parts = append(parts, "remove "+address.Literal(value))
	}
	if len(parts) == 0 {
		return "change the order of the values"
	}
	return strings.Join(parts, ", ")
}

// valuesLost returns a hazard for each column that may hold one of the values.
// The conversion fails on such a row: nobody but the user knows what it shall
// hold instead.
func (x enums) valuesLost(enum address.Address, values []string, down bool) []operation.Hazard {
	if len(values) == 0 {
		return nil
	}
	literals := make([]string, len(values))
	for i, value := range values {
		literals[i] = address.Literal(value)
	}
	v := x.from
	if down {
		v = x.to
	}
	var hazards []operation.Hazard
	for _, user := range x.users(enum) {
		hazards = append(hazards, user.valuesLost(v, strings.Join(literals, ", "), down))
	}
	return hazards
}

func createEnum(e model.Enum) []string {
	values := make([]string, len(e.Values))
	for i, value := range e.Values {
		values[i] = address.Literal(value)
	}
	texts := []string{"CREATE TYPE " + enumName(e) + " AS ENUM (" + strings.Join(values, ", ") + ")"}
	if e.Comment != "" {
		texts = append(texts, comment("TYPE "+enumName(e), e.Comment))
	}
	return texts
}

func addValue(e model.Enum, a addedValue) string {
	text := "ALTER TYPE " + enumName(e) + " ADD VALUE " + address.Literal(a.value)
	if a.place != "" {
		text += " " + a.place + " " + address.Literal(a.neighbour)
	}
	return text
}

func renameValues(e model.Enum, plan enumPlan) (up, down []string) {
	for _, r := range plan.renamed {
		up = append(up, renameValue(e, r[0], r[1]))
		down = append(down, renameValue(e, r[1], r[0]))
	}
	slices.Reverse(down)
	return up, down
}

func renameValue(e model.Enum, from, to string) string {
	return "ALTER TYPE " + enumName(e) + " RENAME VALUE " + address.Literal(from) + " TO " + address.Literal(to)
}

func enumName(e model.Enum) string { return address.Qualify(e.Schema, e.Name) }

// moveType returns the statements that give a type another schema and name.
func moveType(fromSchema, fromName, toSchema, toName string) []string {
	var texts []string
	if fromSchema != toSchema {
		texts = append(texts, "ALTER TYPE "+address.Qualify(fromSchema, fromName)+" SET SCHEMA "+address.Quote(toSchema))
	}
	if fromName != toName {
		texts = append(texts, "ALTER TYPE "+address.Qualify(toSchema, fromName)+" RENAME TO "+address.Quote(toName))
	}
	return texts
}

func typeNames(schema, name string) []string {
	return []string{operation.Name("type", schema, name)}
}
