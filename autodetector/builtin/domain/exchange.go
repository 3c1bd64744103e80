package domain

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// exchange makes the domain anew, over another type or with other constraints, with
// the new name both ways.
func (x domains) exchange(op *sdk.Operation, after *sdk.Object, was, is model.Domain) (up, down []string) {
	c := usertype.Convert(x.Work, after.Address, name(is))
	c.As = after
	back := x.Back(after)
	old, new := under{back, was.Type}, under{x.To, is.Type}
	x.checkConversion(after, old.of(0), new.of(0))
	_, zone := column.ZoneOf(old.of(0), new.of(0))
	op.Needs, op.Touches = c.Needs(), append(op.Touches, c.Touches()...)
	if !sdk.Same(was.Type, is.Type) {
		op.Summary += ": " + x.From.Type(was.Type) + " to " + x.To.Type(is.Type) + zone
		op.Hazard = append(op.Hazard, x.lost(c.Users)...)
	}
	was = inPlace(was, is)
	forth, again := exchange{old, new, new.of(0).Dimensions()}, exchange{new, old, new.of(0).Dimensions()}
	return forth.in(c).Statements(usertype.CreateDomain(x.To, is), true), again.in(c).Statements(usertype.CreateDomain(back, was), false)
}

// checkConversion reports that PostgreSQL does not convert the type to the other one.
func (x domains) checkConversion(after *sdk.Object, old, new column.Type) {
	if old.Converts(new) {
		return
	}
	usertype.Unconvertible(x.Work, after.Address, fmt.Sprintf("values of %s cannot go from %s to %s", after.Address, old.SQL, new.SQL), "make a domain of another name over the new type and give it to the fields")
}

// under is the type under a domain, with the names of a moment.
type under struct {
	at sdk.Moment
	t  model.Type
}

// of returns the type, or with dimensions that of arrays of the domain.
func (u under) of(dimensions int) column.Type {
	t := u.t
	t.Dimensions += dimensions
	return column.TypeOf(u.at, model.Field{Type: t})
}

// An exchange is a type under a domain that becomes another one.
type exchange struct {
	old, new   under
	dimensions int // of what is under the domain afterwards, whichever way it goes
}

// in returns a conversion with the statements for it.
func (e exchange) in(c usertype.Conversion) usertype.Conversion {
	old, new := e.old.of(0), e.new.of(0)
	zone, _ := column.ZoneOf(old, new)
	before, after := old.Helper(new)
	c.Before, c.After = slices.Concat(zone, before), after
	c.Value = e.value
	return c
}

// value converts a column. What is too long for the new type is left to the
// assignment, which refuses it.
func (e exchange) value(name string, domain column.Type) string {
	arrays := domain.Dimensions() - e.dimensions
	old, new := e.old.of(arrays), e.new.of(arrays)
	value := old.Cast(name)
	if old.SQL == new.SQL {
		return domain.Cast(value)
	}
	converted := old.Using(value, new)
	switch {
	case new.Cuts() && converted == "":
		return value
	case new.Cuts():
		return converted
	case converted == "":
		converted = new.Cast(value)
	}
	return domain.Cast(converted)
}

// lost returns the hazards of the columns whose values do not survive the exchange.
func (x domains) lost(users []usertype.User) []sdk.Hazard {
	var hazards []sdk.Hazard
	for _, user := range users {
		was, is := column.Of(x.From, user.Before), column.Of(x.To, user.After)
		hazards = append(hazards, was.Unfit(is.Type, false)...)
		hazards = append(hazards, is.Unfit(was.Type, true)...)
	}
	return hazards
}
