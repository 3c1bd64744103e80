package grant

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A privilege is one right of a role on one thing.
type privilege struct {
	role   string
	right  string
	class  string          // the word of SQL
	on     address.Address // an object; of a schema its address as well
	column address.Address // a field; zero: all of it
	later  string          // what comes later, in place of an object
	schema string          // a schema itself, or the one in which it comes later
	option bool            // the role may grant it
}

// without option, two privileges are the same right.
func (p privilege) bare() privilege {
	p.option = false
	return p
}

// privileges returns what a grant grants, in the order in which it is written.
func (g attrs) privileges() []privilege {
	var list []privilege
	each := func(p privilege) {
		for _, right := range rights {
			if p.role, p.option = g.Role, g.WithGrant; slices.Contains(g.Rights, right) {
				p.right = right
				list = append(list, p)
			}
		}
	}
	for _, ref := range g.On.Refs {
		p := privilege{class: classOf(ref.Kind()).word, on: ref.Address}
		if len(g.Columns) == 0 {
			each(p)
		}
		for _, column := range g.columnsOf(ref) {
			p.column = column.Address
			each(p)
		}
	}
	if g.On.Defaults != "" {
		each(privilege{later: g.On.Defaults, schema: g.Schema})
	}
	for _, name := range g.Schemas {
		each(privilege{class: schemas.word, schema: name})
	}
	return list
}

// columnsOf returns the columns that rights are on, of a model.
func (g attrs) columnsOf(of address.Ref) []address.Ref {
	return slices.DeleteFunc(slices.Clone(g.Columns), func(column address.Ref) bool { return !within(column.Address, of.Address) })
}

// within reports whether a field is one of a model.
func within(field, of address.Address) bool {
	names, whole := field.Names(), of.Names()
	return len(names) == len(whole)+1 && slices.Equal(names[:len(whole)], whole)
}

// keys are the names of rights: each is granted once.
func keys(list []privilege) []string {
	keys := make([]string, len(list))
	for i, p := range list {
		keys[i] = sdk.Name("privilege", p.role, p.class, p.on.String(), p.column.String(), p.later, p.schema, p.right)
	}
	return keys
}

// without returns the rights of a list that are not in another one, whether they can
// be granted on or not.
func without(list, others []privilege) []privilege {
	return slices.DeleteFunc(slices.Clone(list), func(p privilege) bool {
		return slices.ContainsFunc(others, func(o privilege) bool { return o.bare() == p.bare() })
	})
}

// coming returns the rights of a list that another one has not, or not to be granted on.
func coming(list, others []privilege) []privilege {
	return slices.DeleteFunc(slices.Clone(list), func(p privilege) bool {
		return slices.ContainsFunc(others, func(o privilege) bool { return o.bare() == p.bare() && (o.option || !p.option) })
	})
}

// differing returns the rights of a list that are in another one too, and can be
// granted on in this one only.
func differing(list, others []privilege) []privilege {
	return slices.DeleteFunc(slices.Clone(list), func(p privilege) bool {
		return !p.option || !slices.Contains(others, p.bare())
	})
}
