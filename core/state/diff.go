package state

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Change is one object in two states. Before is nil where it is added, After
// where it is removed.
type Change struct {
	Before, After *Object
}

// Address returns the address of the object.
func (c Change) Address() address.Address {
	if c.After != nil {
		return c.After.Address
	}
	return c.Before.Address
}

// Diff returns the objects whose definitions differ, in the order of their
// addresses.
func Diff(from, to *State) []Change {
	var changes []Change
	for a, after := range to.all() {
		if before := from.Get(a); before == nil || !Same(before, after) {
			changes = append(changes, Change{Before: before, After: after})
		}
	}
	for a, before := range from.all() {
		if !to.Has(a) {
			changes = append(changes, Change{Before: before})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return address.Compare(a.Address(), b.Address()) })
	return changes
}

func (s *State) all() map[address.Address]*Object {
	if s == nil {
		return nil
	}
	return s.objects
}
