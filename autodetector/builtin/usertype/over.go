package usertype

import (
	"cmp"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// PostgreSQL cannot change the type under a domain, so a type is exchanged with all
// domains over it. They are altered themselves after the type, and taken back before
// it: both ways they are here what they were.

// domainsOver returns the domains over a type, or over an array of it, before and after
// the migration, as they were, each behind what it is over.
func domainsOver(w *sdk.Work, t address.Address) []*sdk.Object {
	var found []*sdk.Object
	for _, after := range w.Pass.To.Dependents(t) {
		before := w.Pass.From.Get(after.Address)
		if before != nil && after.Address.Kind() == model.DomainKind && has(sdk.AttrsOf[model.Domain](w, before).Type, t) {
			found = append(append(found, before), domainsOver(w, before.Address)...)
		}
	}
	return found
}

// family returns the type and the domains that are exchanged with it.
func (c Conversion) family() []address.Address {
	list := []address.Address{c.of}
	for _, domain := range c.over {
		list = append(list, domain.Address)
	}
	return list
}

// moment returns the names at the time of the exchange, for an object as it will be.
func (c Conversion) moment(after *sdk.Object) sdk.Moment {
	return c.work.Back(after).With(c.over...).With(cmp.Or(c.As, c.work.To.Find(c.of)))
}

// remakeOver returns the statements that make the domains anew, and those that take
// the old ones away in the end.
func (c Conversion) remakeOver() (again, gone []string) {
	for _, before := range c.over {
		d := sdk.AttrsOf[model.Domain](c.work, before)
		if c.Renaming != nil {
			c.Renaming.Under = d.Type
			d.Default, d.Check = c.Renaming.Value(d.Default, d.Type), c.Renaming.In(d.Check)
		}
		name := DomainName(d)
		old := Name{name.Schema, model.Name(name.Name, "whimbrel_old")}
		again = append(again, "ALTER TYPE "+name.SQL()+" RENAME TO "+address.Quote(old.Name))
		again = append(again, CreateDomain(c.moment(before), d)...)
		gone = append(gone, "DROP TYPE "+old.SQL())
	}
	slices.Reverse(gone)
	return again, gone
}
