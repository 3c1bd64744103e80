package ranges

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// exchange makes the range anew, with the new names both ways, and converts bound by
// bound.
func (x ranges) exchange(op *sdk.Operation, after *sdk.Object, was, is model.Range) (up, down []string) {
	c := usertype.Convert(x.Work, after.Address, name(is))
	back := x.Back(after)
	old, new := boundOf(back, was), boundOf(x.To, is)
	x.State(usertype.RangeChanged, after.Address, usertype.Change{Remade: true, Reshaped: true})
	x.checkConversion(after, c, old, new)
	op.Needs = slices.Concat(op.Needs, c.Needs(), x.after(is), x.before(was))
	op.Touches = append(op.Touches, c.Touches()...)
	op.Summary += ": made anew"
	if !sdk.Same(was.Subtype, is.Subtype) {
		op.Summary = op.Summary[:len(op.Summary)-len(": made anew")] + ": " + old.SQL + " to " + new.SQL
	}
	op.Hazard = slices.Concat(x.lost(x.From, after, c, old, new, false), x.lost(x.To, after, c, new, old, true), c.Rewrites())
	return step{was, is, old, new}.in(c, back).Statements(usertype.CreateRange(x.To, is), true),
		step{is, was, new, old}.in(c, x.To).Statements(usertype.CreateRange(back, was), false)
}

// boundOf returns the type of bounds.
func boundOf(at sdk.Moment, r model.Range) column.Type {
	return column.TypeOf(at, model.Field{Type: r.Subtype, Collate: r.Collation})
}

// checkConversion reports that PostgreSQL does not convert the bounds to the other type,
// where columns hold some.
func (x ranges) checkConversion(after *sdk.Object, c usertype.Conversion, old, new column.Type) {
	if len(c.Users) == 0 || old.Converts(new) {
		return
	}
	usertype.Unconvertible(x.Work, after.Address, fmt.Sprintf("bounds of %s cannot go from %s to %s", after.Address, old.SQL, new.SQL), "make another range and give it to the fields")
}

// A step is one from a range to the one that takes its place.
type step struct {
	was, is  model.Range
	old, new column.Type
}

// in returns a conversion with the statements for it. The old range has the names of a
// moment.
func (s step) in(c usertype.Conversion, at sdk.Moment) usertype.Conversion {
	zone, _ := column.ZoneOf(s.old, s.new)
	before, after := s.old.Helper(s.new)
	cast, uncast := usertype.CastingRange(s.is, s.bound)
	c.Away = usertype.MoveRange(s.was, usertype.OldRange(s.was), at.Type(s.was.Subtype))
	c.Before, c.After = slices.Concat(zone, before, cast), append(uncast, after...)
	return c
}

// bound converts a bound. One of a type that cannot become the new one is none.
func (s step) bound(value string) string {
	switch {
	case s.old.SQL == s.new.SQL:
		return value
	case !s.old.Converts(s.new):
		return s.new.Cast("NULL")
	}
	if using := s.old.Using(value, s.new); using != "" {
		return using
	}
	return s.new.Cast(value)
}

// lost returns the hazards of columns whose bounds do not survive the exchange, and of
// those that make it fail.
func (x ranges) lost(at sdk.Moment, after *sdk.Object, c usertype.Conversion, from, to column.Type, down bool) []sdk.Hazard {
	if from.SQL == to.SQL {
		return nil
	}
	return append(x.bounds(at, after, c, operation.DataLoss, "the new type", func(v string) string { return from.Lost(v, to) }, down),
		x.bounds(at, after, c, operation.NoFit, to.SQL, func(v string) string { return from.Misfit(v, to) }, down)...)
}

// bounds returns a hazard for each column that may hold a bound for which a condition
// holds; "" is that of none.
func (x ranges) bounds(at sdk.Moment, after *sdk.Object, c usertype.Conversion, code, into string, of func(string) string, down bool) []sdk.Hazard {
	if of("v") == "" {
		return nil
	}
	either := func(value string) string { return of("lower("+value+")") + " OR " + of("upper("+value+")") }
	var hazards []sdk.Hazard
	for _, user := range c.Users {
		col := column.Of(at, at.Find(user.After.Address))
		h := col.ValuesLost(usertype.Within(at, col.Field.Type, after.Address, col.Name, either), down)
		h.Code, h.Text = code, "bounds of values of "+col.Table+"."+col.Name+" do not fit into "+into
		hazards = append(hazards, h)
	}
	return hazards
}
