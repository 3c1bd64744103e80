package branch

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An Overlap is why it makes a difference which of two lines comes first.
type Overlap struct {
	Left, Right Step
	// Object is what both have to do with; zero where that is a name in the database.
	Object address.Address
	// Why is a sentence without a full stop.
	Why string
}

// overlaps compares two footprints, in the order of the objects.
func overlaps(left, right *footprint, base *state.State) []Overlap {
	var found []Overlap
	for _, a := range slices.SortedFunc(maps.Keys(left.changes), address.Compare) {
		if other, both := right.changes[a]; both {
			found = append(found, Overlap{left.changes[a].step, other.step, a, fmt.Sprintf("both change %s", a)})
		}
	}
	found = append(found, reading(left, right, false)...)
	found = append(found, reading(right, left, true)...)
	found = append(found, beside(left, right, base, false)...)
	return withoutParts(append(found, beside(right, left, base, true)...))
}

// withoutParts leaves out what follows from another overlap: of parts of an object of
// which there is one already, and further ones of the same object or of the same steps.
func withoutParts(all []Overlap) []Overlap {
	var kept []Overlap
	for _, o := range all {
		if !slices.ContainsFunc(all, func(whole Overlap) bool { return isPart(o.Object, whole.Object) }) &&
			!slices.ContainsFunc(kept, func(same Overlap) bool {
				return same.Object == o.Object || same.Left == o.Left && same.Right == o.Right
			}) {
			kept = append(kept, o)
		}
	}
	return kept
}

// isPart reports whether the path of an object is below that of another one.
func isPart(a, whole address.Address) bool {
	return strings.HasPrefix(a.Path(), whole.Path()+".")
}

// reading returns where one line changes what the other one depends on.
func reading(reader, writer *footprint, swapped bool) []Overlap {
	var found []Overlap
	for _, a := range slices.SortedFunc(maps.Keys(reader.reads), address.Compare) {
		read, change := reader.reads[a], writer.changes[a]
		if _, both := reader.changes[a]; both || !change.aspects.Has(read.aspects) {
			continue
		}
		found = append(found, between(read.step, change.step, swapped, a,
			fmt.Sprintf("%s depends on %s, which the other one changes", read.step.object(a), a)))
	}
	return found
}

// object returns what a step is done to, for people.
func (s Step) object(instead address.Address) address.Address {
	if s.Operation >= 0 {
		return s.Migration.Operations[s.Operation].Target
	}
	return instead
}

// beside returns where one line makes an object that depends on all siblings of a kind,
// and the other one has such a sibling come, go or change: the columns of an audited
// table, of which its trigger function has a list.
func beside(reader, writer *footprint, base *state.State, swapped bool) []Overlap {
	var found []Overlap
	parents := slices.SortedFunc(maps.Keys(reader.around), address.Compare)
	for _, a := range slices.SortedFunc(maps.Keys(writer.changes), address.Compare) {
		for _, parent := range parents {
			u := reader.around[parent]
			if a != u.object && u.hasSibling(a, parent, base) {
				found = append(found, between(u.step, writer.changes[a].step, swapped, a,
					fmt.Sprintf("%s depends on each %s of %s, and the other one changes %s", u.object, a.Kind(), parent, a)))
			}
		}
	}
	return found
}

// hasSibling reports whether an object is a sibling of the kinds that one depends on. A
// kind with a name is that sibling, and those that it refers to.
func (u use) hasSibling(a, parent address.Address, base *state.State) bool {
	if parent.IsZero() || !isPart(a, parent) {
		return false
	}
	for _, kind := range u.kinds {
		kind, name, named := strings.Cut(kind, " ")
		if !named && a.Kind() == kind {
			return true
		}
		if whole := parent.Child(kind, name); named && (a == whole || base.Get(whole) != nil && base.Get(whole).Ref(a) != 0) {
			return true
		}
	}
	return false
}

// between returns an overlap of a step of the left line and one of the right one, or,
// swapped, the other way round.
func between(at, other Step, swapped bool, a address.Address, why string) Overlap {
	if swapped {
		at, other = other, at
	}
	return Overlap{at, other, a, why}
}
