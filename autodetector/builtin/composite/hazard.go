package composite

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// hazards returns what is lost on both ways: the values of attributes that go, and those
// that do not fit into another type.
func (c change) hazards() []sdk.Hazard {
	from, to := side{c.From, c.plan.old()}, side{c.To, c.after}
	var hazards []sdk.Hazard
	for _, a := range c.before {
		what, condition := c.loss(from, to, c.former(a.Label), a.Label)
		hazards = append(hazards, c.lost(c.From, c.former(a.Label), what, condition, false)...)
	}
	for _, a := range c.after {
		what, condition := c.loss(to, from, a.Label, c.former(a.Label))
		hazards = append(hazards, c.lost(c.To, a.Label, what, condition, true)...)
	}
	return hazards
}

// loss returns what happens to values of an attribute of one side that the other side,
// where it has another name, does not have, and the condition that there are some; nil
// where it has all.
func (c change) loss(from, to side, label, other string) (what string, condition func(string) string) {
	old := find(from.attributes, label)
	switch {
	case find(to.attributes, other) == nil:
		return "are lost", func(value string) string { return member(value, label) + " IS NOT NULL" }
	case sdk.Same(old.Type, find(to.attributes, other).Type):
		return "", nil
	}
	is, then := from.typeOf(label), to.typeOf(other)
	if is.Lost("v", then) == "" {
		return "", nil
	}
	return "do not fit into the new type", func(value string) string { return is.Lost(member(value, label), then) }
}

func member(value, label string) string { return "(" + value + ")." + address.Quote(label) }

// lost returns a hazard for each column that may hold such a value.
func (c change) lost(at sdk.Moment, label, what string, condition func(string) string, down bool) []sdk.Hazard {
	if condition == nil {
		return nil
	}
	var hazards []sdk.Hazard
	for _, user := range c.conversion.Users {
		col := column.Of(at, at.Find(user.After.Address))
		h := col.ValuesLost(usertype.Within(at, col.Field.Type, c.object.Address, col.Name, condition), down)
		h.Text = "values of " + label + " in " + col.Table + "." + col.Name + " " + what
		hazards = append(hazards, h)
	}
	return hazards
}

// former returns the name that an attribute had before it was renamed.
func (p plan) former(label string) string {
	for _, r := range p.renamed {
		if r[1] == label {
			return r[0]
		}
	}
	return label
}

// old returns the attributes with the names that they had.
func (p plan) old() []model.Attribute {
	var list []model.Attribute
	for _, a := range p.before {
		a.Label = p.former(a.Label)
		list = append(list, a)
	}
	return list
}
