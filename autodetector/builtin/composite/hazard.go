package composite

import (
	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/autodetector/builtin/usertype"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/sdk"
)

// hazards returns what is lost on both ways: the values of attributes that go, and those
// that do not fit into another type.
func (c change) hazards() []sdk.Hazard {
	from, to := side{c.From, c.plan.old()}, side{c.To, c.after}
	var hazards []sdk.Hazard
	for _, a := range c.before {
		label := c.former(a.Label)
		hazards = append(hazards, c.lost(c.From, label, losses(from, to, label, a.Label), false)...)
	}
	for _, a := range c.after {
		hazards = append(hazards, c.lost(c.To, a.Label, losses(to, from, a.Label, c.former(a.Label)), true)...)
	}
	return hazards
}

// A loss is what happens to some values of an attribute.
type loss struct {
	code, what string
	condition  func(value string) string // that a value of the composite holds one
}

// losses returns what happens to values of an attribute of one side that the other side,
// where it has another name, does not take as they are.
func losses(from, to side, label, other string) []loss {
	old, is := find(from.attributes, label), find(to.attributes, other)
	switch {
	case is == nil:
		return []loss{{operation.DataLoss, "are lost", func(value string) string { return member(value, label) + " IS NOT NULL" }}}
	case sdk.Same(old.Type, is.Type):
		return nil
	}
	was, then := from.typeOf(label), to.typeOf(other)
	var list []loss
	if was.Lost("v", then) != "" {
		list = append(list, loss{operation.DataLoss, "do not fit into the new type", func(value string) string { return was.Lost(member(value, label), then) }})
	}
	if was.Misfit("v", then) != "" {
		list = append(list, loss{operation.NoFit, "do not fit into " + then.SQL, func(value string) string { return was.Misfit(member(value, label), then) }})
	}
	return list
}

func member(value, label string) string { return "(" + value + ")." + address.Quote(label) }

// lost returns the hazards for each column that may hold such a value.
func (c change) lost(at sdk.Moment, label string, losses []loss, down bool) []sdk.Hazard {
	var hazards []sdk.Hazard
	for _, l := range losses {
		for _, user := range c.conversion.Users {
			col := column.Of(at, at.Find(user.After.Address))
			h := col.ValuesLost(usertype.Within(at, col.Field.Type, c.object.Address, col.Name, l.condition), down)
			h.Code, h.Text = l.code, "values of "+label+" in "+col.Table+"."+col.Name+" "+l.what
			hazards = append(hazards, h)
		}
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
