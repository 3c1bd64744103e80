package state

import (
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A State is an immutable set of objects. It is safe for concurrent use. The nil
// *State and the zero State are empty.
type State struct {
	objects map[address.Address]*Object

	index    sync.Once
	sorted   []*Object
	children map[address.Address][]*Object
	users    map[address.Address][]*Object
}

// New returns the state of the given objects. Of two objects with one address
// the later counts.
func New(objects ...*Object) *State {
	s := &State{objects: make(map[address.Address]*Object, len(objects))}
	for _, o := range objects {
		s.objects[o.Address] = o
	}
	return s
}

// Get returns the object at an address, or nil.
func (s *State) Get(a address.Address) *Object {
	if s == nil {
		return nil
	}
	return s.objects[a]
}

// Has reports whether there is an object at an address.
func (s *State) Has(a address.Address) bool { return s.Get(a) != nil }

// Len returns the number of objects.
func (s *State) Len() int {
	if s == nil {
		return 0
	}
	return len(s.objects)
}

// All yields the objects in the order of their addresses.
func (s *State) All() iter.Seq[*Object] {
	return func(yield func(*Object) bool) {
		if s == nil {
			return
		}
		s.index.Do(s.buildIndex)
		for _, o := range s.sorted {
			if !yield(o) {
				return
			}
		}
	}
}

// Unordered yields the objects in no order, for work whose result has none.
func (s *State) Unordered() iter.Seq[*Object] { return maps.Values(s.all()) }

// Children returns the objects whose parent is a, by rank, then by address. With
// kinds given, only those of these kinds.
func (s *State) Children(a address.Address, kinds ...string) []*Object {
	if s == nil {
		return nil
	}
	s.index.Do(s.buildIndex)
	all := s.children[a]
	if len(kinds) == 0 {
		return slices.Clone(all)
	}
	var found []*Object
	for _, o := range all {
		if slices.Contains(kinds, o.Address.Kind()) {
			found = append(found, o)
		}
	}
	return found
}

// Dependents returns the objects that refer to a, in the order of their
// addresses. Children are not among them unless they refer to a too.
func (s *State) Dependents(a address.Address) []*Object {
	if s == nil {
		return nil
	}
	s.index.Do(s.buildIndex)
	return slices.Clone(s.users[a])
}

func (s *State) buildIndex() {
	s.sorted = make([]*Object, 0, len(s.objects))
	for _, o := range s.objects {
		s.sorted = append(s.sorted, o)
	}
	slices.SortFunc(s.sorted, func(a, b *Object) int { return address.Compare(a.Address, b.Address) })
	s.children = map[address.Address][]*Object{}
	s.users = map[address.Address][]*Object{}
	for _, o := range s.sorted {
		if !o.Parent.IsZero() {
			s.children[o.Parent] = append(s.children[o.Parent], o)
		}
		for _, ref := range o.Refs {
			if list := s.users[ref.Target]; len(list) == 0 || list[len(list)-1] != o {
				s.users[ref.Target] = append(list, o)
			}
		}
	}
	for _, list := range s.children {
		slices.SortStableFunc(list, func(a, b *Object) int { return a.Rank - b.Rank })
	}
}
