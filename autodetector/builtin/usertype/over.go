package usertype

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// PostgreSQL cannot change the type under a domain, nor that of an attribute which
// columns hold or of bounds, so a type is exchanged with all types made of it. They are
// altered themselves after the type, and taken back before it: both ways they are here
// what they were, but for what names values that an enum has lost.

// typesOver returns the types made of a type, or of an array of it, before and after the
// migration, as they were, each behind what it is made of.
func typesOver(w *sdk.Work, t address.Address) []*sdk.Object {
	var found []*sdk.Object
	for _, after := range w.Pass.To.Dependents(t) {
		before := w.Pass.From.Get(after.Address)
		if before != nil && isOver(w, before, t) {
			found = append(append(found, before), typesOver(w, before.Address)...)
		}
	}
	return lastOnes(found)
}

// lastOnes leaves out of each object all but the last: what is made of two is behind
// both.
func lastOnes(list []*sdk.Object) []*sdk.Object {
	var kept []*sdk.Object
	for i, o := range list {
		if !slices.Contains(list[i+1:], o) {
			kept = append(kept, o)
		}
	}
	return kept
}

// family returns the type and those that are exchanged with it.
func (c Conversion) family() []address.Address {
	list := []address.Address{c.of}
	for _, other := range c.over {
		list = append(list, other.Address)
	}
	return list
}

// moment returns the names at the time of the exchange, for an object as it will be.
func (c Conversion) moment(after *sdk.Object) sdk.Moment {
	return c.work.Back(after).With(c.over...).With(cmp.Or(c.As, c.work.To.Find(c.of)))
}

// remakeOver returns the statements that make the types over it anew, and those that
// take the old ones away in the end.
func (c Conversion) remakeOver(forth bool) (again, gone []string) {
	for _, before := range c.over {
		name := nameOf(c.work, before)
		again = append(again, c.moveAway(before)...)
		again = append(again, c.create(before, forth)...)
		gone = append(gone, "DROP TYPE "+name.old().SQL())
	}
	slices.Reverse(gone)
	return again, gone
}

// moveAway returns the statements that give an old type over it another name.
func (c Conversion) moveAway(before *sdk.Object) []string {
	if before.Address.Kind() != model.RangeKind {
		name := nameOf(c.work, before)
		return []string{"ALTER TYPE " + name.SQL() + " RENAME TO " + address.Quote(name.old().Name)}
	}
	r := sdk.AttrsOf[model.Range](c.work, before)
	subtype := c.moment(before).Type(r.Subtype)
	if r.Subtype.Of != nil && slices.Contains(c.family(), r.Subtype.Of.Address) { // it has gone away itself
		subtype = nameOf(c.work, c.moment(before).Find(r.Subtype.Of.Address)).old().SQL() + strings.Repeat("[]", r.Subtype.Dimensions)
	}
	return MoveRange(r, OldRange(r), subtype)
}

// create returns the statements that make a type over it anew.
func (c Conversion) create(before *sdk.Object, forth bool) []string {
	at := c.moment(before)
	switch before.Address.Kind() {
	case model.CompositeKind:
		return CreateComposite(at, sdk.AttrsOf[model.Composite](c.work, before))
	case model.RangeKind:
		return CreateRange(at, sdk.AttrsOf[model.Range](c.work, before))
	}
	return CreateDomain(at, c.domain(before, forth))
}

// domain returns a domain over it at the time: taken back, an enum has its values again.
func (c Conversion) domain(before *sdk.Object, forth bool) model.Domain {
	d := sdk.AttrsOf[model.Domain](c.work, before)
	r := cmp.Or(c.Renaming, NewRenaming(c.work))
	if lasting, enum := r.lasting(before, d); forth || enum != c.of {
		d = lasting
	}
	taking := c.taking(before)
	d.Default, d.Check = Without(d.Default, taking), Without(d.Check, taking)
	if c.Renaming != nil {
		c.Renaming.Under = d.Type
		d.Default, d.Check = c.Renaming.Value(d.Default, d.Type), c.Renaming.In(d.Check)
	}
	return d
}
