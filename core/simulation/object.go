package simulation

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// An Object is something that is there, with what SQL says of it.
type Object struct {
	Name Name
	// Kind is what sort of a thing it is, as Effect has it, or else its class.
	Kind string
	// By is what made it, as LearnOf counts.
	By int
	// Type is that of a column, as it was written; empty where it is not known.
	Type string
	// Values are those that SQL gave to an enum.
	Values []string
}

// Objects returns what statements made and what is there for sure, those that belong to
// a relation behind the others.
func (c *Catalog) Objects() []Object {
	var all []Object
	for n, e := range c.entries {
		if e.presence != Present && !e.sure || e.believed {
			continue
		}
		if e.kind != "" {
			all = append(all, Object{Name: n, Kind: e.kind, By: e.made, Type: c.typed(e.typ), Values: e.values})
		}
		for _, column := range e.fresh {
			own := n.part(detect.NamesColumn, column.Name)
			all = append(all, Object{Name: own, Kind: string(own.Class), By: e.made, Type: c.typed(column.Type)})
		}
	}
	slices.SortFunc(all, compareObjects)
	return all
}

func compareObjects(a, b Object) int {
	return cmp.Or(
		cmp.Compare(a.By, b.By), cmp.Compare(min(len(a.Name.Relation), 1), min(len(b.Name.Relation), 1)),
		cmp.Compare(a.Name.String(), b.Name.String()),
	)
}

// typed returns the type of a column, unless a name in it has become another one since.
func (c *Catalog) typed(typ string) string {
	for name := range c.retyped {
		if strings.Contains(typ, name) {
			return ""
		}
	}
	return typ
}
