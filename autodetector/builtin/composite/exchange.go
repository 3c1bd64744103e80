package composite

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// exchange makes the type anew, with the new name both ways.
func (c change) exchange() (up, down []string) {
	back := c.Back(c.object)
	old, new := side{back, c.before}, side{c.To, c.after}
	for _, a := range retyped(c.before, c.after) {
		c.checkConversion(a.Label, old.typeOf(a.Label), new.typeOf(a.Label))
	}
	return new.from(old).in(c.conversion, name(c.is)).Statements(usertype.CreateComposite(c.To, c.is), true),
		old.from(new).in(c.conversion, name(c.is)).Statements(usertype.CreateComposite(back, c.was), false)
}

// checkConversion reports that PostgreSQL does not convert the type of an attribute to
// the other one, where columns hold values.
func (c change) checkConversion(label string, old, new column.Type) {
	if !c.held() || old.Converts(new) {
		return
	}
	usertype.Unconvertible(c.Work, c.object.Address, fmt.Sprintf("values of %s of %s cannot go from %s to %s", label, c.object.Address, old.SQL, new.SQL), "add an attribute of another name, or make another composite and give it to the fields")
}

// A side is the attributes of a composite with the names of a moment.
type side struct {
	at         sdk.Moment
	attributes []model.Attribute
}

// typeOf returns the type of an attribute.
func (s side) typeOf(label string) column.Type {
	a := find(s.attributes, label)
	return column.TypeOf(s.at, model.Field{Type: a.Type, Collate: a.Collate})
}

// A way is one from attributes to others.
type way struct{ old, new side }

func (s side) from(old side) way { return way{old, s} }

// in returns a conversion with the statements for it.
func (w way) in(c usertype.Conversion, of usertype.Name) usertype.Conversion {
	var values []string
	for _, a := range w.new.attributes {
		values = append(values, w.value(a.Label))
		if find(w.old.attributes, a.Label) == nil {
			continue
		}
		old, new := w.old.typeOf(a.Label), w.new.typeOf(a.Label)
		zone, _ := column.ZoneOf(old, new)
		before, after := old.Helper(new)
		c.Before, c.After = slices.Concat(c.Before, zone, before), append(after, c.After...)
	}
	before, after := of.Casting(values)
	c.Before, c.After = append(c.Before, before...), append(after, c.After...)
	return c
}

// value returns an attribute of the new type by those of the old one, which is $1. One
// that is not there, or is of a type that cannot become the new one, is null.
func (w way) value(label string) string {
	new := w.new.typeOf(label)
	if find(w.old.attributes, label) == nil || !w.old.typeOf(label).Converts(new) {
		return new.Cast("NULL")
	}
	value := "($1)." + address.Quote(label)
	if using := w.old.typeOf(label).Using(value, new); using != "" {
		return using
	}
	return value
}
