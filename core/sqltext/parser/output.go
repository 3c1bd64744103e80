package parser

import (
	"slices"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
)

// targets resolves the list of a SELECT or RETURNING.
func (r *resolver) targets(list []any, env environment) output {
	var out output
	for _, v := range list {
		n, ok := is(v, "ResTarget")
		if !ok {
			continue
		}
		r.walk(n["val"], env)
		if columns, open, ok := r.expanded(n["val"], env); ok {
			out.columns, out.open = append(out.columns, columns...), out.open || open
			continue
		}
		c := r.target(n["val"], env)
		if name := n.text("name"); name != "" {
			c.name, c.named = name, address.Address{}
		}
		out.columns = append(out.columns, c)
	}
	return out
}

// expanded returns the columns that a * stands for.
func (r *resolver) expanded(v any, env environment) (columns []column, open, ok bool) {
	if n, ok := is(v, "A_Indirection"); ok {
		return nil, true, slices.ContainsFunc(n.list("indirection"), func(v any) bool {
			_, all := is(v, "A_Star")
			return all
		})
	}
	n, _ := is(v, "ColumnRef")
	parts := names(n.list("fields"))
	switch count := len(parts); {
	case count == 0 || parts[count-1] != star:
		return nil, false, false
	case count == 1:
		return env.scope.columns, env.scope.open, true
	default:
		s := env.scope.find(schemaOf(parts[:count-1]), parts[count-2])
		if s == nil {
			return nil, true, true
		}
		return s.columns, s.open, true
	}
}

func schemaOf(parts []string) string {
	schema, _ := qualified(parts)
	return schema
}

// target returns an expression as an output column: its name is that which
// PostgreSQL would give it.
func (r *resolver) target(v any, env environment) column {
	c := column{}
	class, n := unwrap(v)
	switch class {
	case "ColumnRef":
		c, _ = r.meant(n, env)
	case "TypeCast":
		c.typ = typeText(n.of("typeName"))
	}
	l := r.label(v)
	c.name, c.named, c.role = l.name, l.named.Object, l.named.Role
	if c.name == "" {
		c.name = "?column?"
	}
	return c
}

// meant returns the column that a reference means.
func (r *resolver) meant(n node, env environment) (column, bool) {
	parts := names(n.list("fields"))
	if len(parts) == 1 && !(r.variables.first && r.variables.names[parts[0]]) {
		for s := env.scope; s != nil; s = s.outer {
			if c, found, certain := s.lookup(parts[0]); found || !certain {
				return c, found
			}
		}
		return column{}, false
	}
	if len(parts) < 2 {
		return column{}, false
	}
	if s := env.scope.find(schemaOf(parts[:len(parts)-1]), parts[len(parts)-2]); s != nil {
		return s.column(parts[len(parts)-1])
	}
	return column{}, false
}

// valuesName is the name of a column of VALUES.
func valuesName(i int) string { return "column" + strconv.Itoa(i+1) }
