package usertype

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A domain over the type whose check or default calls a function that takes the type is
// made anew without them: the function is away meanwhile, and they come back behind it.

// taking returns what the expressions of a domain over the type call that names the types.
func (c Conversion) taking(domain *sdk.Object) []address.Address {
	d := sdk.AttrsOf[model.Domain](c.work, domain)
	named := Named(d.Default, d.Check)
	if len(named) == 0 {
		return nil
	}
	var takers []address.Address
	for _, t := range c.family() {
		for _, o := range c.namers(t) {
			if o.Parent.IsZero() && slices.Contains(named, o.Address) {
				takers = append(takers, o.Address)
			}
		}
	}
	return takers
}

// calling returns the condition that a row of pg_type is none of the domains that call
// such functions, behind others; nothing where there are none.
func (c Conversion) calling() string {
	var list []string
	for _, o := range c.over {
		if o.Address.Kind() == model.DomainKind && len(c.taking(o)) > 0 {
			list = append(list, address.Literal(nameOf(c.work, o).SQL())+"::regtype")
		}
	}
	if len(list) == 0 {
		return ""
	}
	return " AND pg_type.oid NOT IN (" + strings.Join(list, ", ") + ")"
}
