package builtin

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// domains owns types with constraints.
type domains struct{ *work }

func (x domains) create(o *state.Object) {
	d := decode[model.Domain](x.work, o)
	op := creation(o)
	op.Up, op.Down = operation.SQL(x.to.createDomain(d)...), operation.SQL("DROP DOMAIN "+domainName(d))
	op.Takes = typeNames(d.Schema, d.Name)
	x.emit(true, op)
}

func (x domains) drop(o *state.Object) {
	d := decode[model.Domain](x.work, o)
	op := removal(o)
	op.Up, op.Down = operation.SQL("DROP DOMAIN "+domainName(d)), operation.SQL(x.from.createDomain(d)...)
	op.Frees = typeNames(d.Schema, d.Name)
	x.emit(true, op)
}

// alter changes a domain in place. Where the type under it changes, it is
// exchanged for a new one and the columns are converted.
func (x domains) alter(before, after *state.Object, _ bool) {
	if state.Same(before, after) {
		return
	}
	was, is := decode[model.Domain](x.work, before), decode[model.Domain](x.work, after)
	op := alteration(after)
	up, down := moveDomain(was, is, was.Check != nil), moveDomain(is, was, was.Check != nil)
	if len(up) > 0 {
		exchange(&op, typeNames(was.Schema, was.Name), typeNames(is.Schema, is.Name))
		op.Touches = touch(after.Address, state.Name)
		op.Summary += ": rename to " + domainName(is)
	}
	var forth, back []string
	if same(was.Type, is.Type) {
		forth, back = x.to.alterDomain(was, is), x.back(after).alterDomain(is, inPlace(was, is))
	} else {
		forth, back = x.exchange(&op, after, was, is)
	}
	op.Up, op.Down = operation.SQL(append(up, forth...)...), operation.SQL(append(back, down...)...)
	x.emit(true, op)
}

// exchange makes the domain anew over another type, with the new name both ways.
func (x domains) exchange(op *operation.Operation, after *state.Object, was, is model.Domain) (up, down []string) {
	c := x.conversion(after.Address, domainName(is), is.Schema, is.Name)
	op.Needs, op.Touches = c.needs(), append(op.Touches, c.touches()...)
	op.Summary += ": " + x.from.typeSQL(was.Type) + " to " + x.to.typeSQL(is.Type)
	was = inPlace(was, is)
	back := x.back(after)
	c.by = []string{back.typeSQL(was.Type), x.to.typeSQL(is.Type)}
	up = c.statements(x.to.createDomain(is), true)
	c.by = []string{x.to.typeSQL(is.Type), back.typeSQL(was.Type)}
	return up, c.statements(back.createDomain(was), false)
}

// inPlace returns a domain under the name that it has got: on the way back it is
// changed first and renamed then.
func inPlace(was, is model.Domain) model.Domain {
	was.Schema, was.Name = is.Schema, is.Name
	return was
}

func (v view) createDomain(d model.Domain) []string {
	text := "CREATE DOMAIN " + domainName(d) + " AS " + v.typeSQL(d.Type)
	if value := v.defaultSQL(d.Default, d.Type); value != "" {
		text += " DEFAULT " + value
	}
	if !d.Null {
		text += " NOT NULL"
	}
	if d.Check != nil {
		text += " " + v.domainCheck(d)
	}
	texts := []string{text}
	if d.Comment != "" {
		texts = append(texts, comment("DOMAIN "+domainName(d), d.Comment))
	}
	return texts
}

func (v view) domainCheck(d model.Domain) string {
	return "CONSTRAINT " + checkName(d) + " CHECK (" + v.expression(*d.Check) + ")"
}

// alterDomain returns the changes but for those of names and type.
func (v view) alterDomain(from, to model.Domain) []string {
	var texts []string
	alter := "ALTER DOMAIN " + domainName(to) + " "
	if !same(from.Default, to.Default) {
		texts = append(texts, alter+v.domainDefault(to))
	}
	if from.Check != nil && !same(from.Check, to.Check) {
		texts = append(texts, alter+"DROP CONSTRAINT "+checkName(to))
	}
	if to.Check != nil && !same(from.Check, to.Check) {
		texts = append(texts, alter+"ADD "+v.domainCheck(to))
	}
	if from.Null != to.Null {
		texts = append(texts, alter+map[bool]string{true: "DROP NOT NULL", false: "SET NOT NULL"}[to.Null])
	}
	if from.Comment != to.Comment {
		texts = append(texts, comment("DOMAIN "+domainName(to), to.Comment))
	}
	return texts
}

func (v view) domainDefault(d model.Domain) string {
	if value := v.defaultSQL(d.Default, d.Type); value != "" {
		return "SET DEFAULT " + value
	}
	return "DROP DEFAULT"
}

// moveDomain gives a domain, and its check that is named after it, another name.
func moveDomain(from, to model.Domain, checked bool) []string {
	texts := moveType(from.Schema, from.Name, to.Schema, to.Name)
	if checked && from.Name != to.Name {
		texts = append(texts, "ALTER DOMAIN "+domainName(to)+" RENAME CONSTRAINT "+checkName(from)+" TO "+checkName(to))
	}
	return texts
}

func domainName(d model.Domain) string { return address.Qualify(d.Schema, d.Name) }

// checkName is the name that PostgreSQL gives the check of a domain.
func checkName(d model.Domain) string { return address.Quote(model.Name(d.Name, "check")) }
