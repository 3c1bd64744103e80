package catalog

import (
	"cmp"
	"slices"
)

// remainders returns what is left out, once for each object, by kind and name. Parts
// of what is left out are not told one by one.
func (r *reading) remainders() []Remainder {
	var list []Remainder
	for at, why := range r.why {
		d := r.found[at.of]
		list = append(list, Remainder{Kind: d.Kind, Schema: d.Schema, Name: d.Name, Why: why})
	}
	slices.SortFunc(list, func(a, b Remainder) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Why, b.Why))
	})
	return slices.CompactFunc(list, func(a, b Remainder) bool { return a.Kind == b.Kind && a.Name == b.Name })
}
