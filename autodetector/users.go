package autodetector

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// users returns the objects of the old state that depend on an aspect of an object,
// each once. Those that have the name of a part of it in their SQL have its name
// there too, as a trigger that is on the table of a field has, unless they are part
// of it themselves: then their kind says so (detect.Kind.Siblings).
func (r *run) users(a address.Address, aspects state.Aspects) []*state.Object {
	var list []*state.Object
	for _, user := range r.from.Dependents(a) {
		if r.dependsOn(user, a).Has(aspects) {
			list = append(list, user)
		}
	}
	if !aspects.Has(state.Name) {
		return list
	}
	for _, part := range r.from.Children(a) {
		for _, user := range r.users(part.Address, state.Name) {
			if !slices.Contains(list, user) && !r.partOf(user, a) {
				list = append(list, user)
			}
		}
	}
	return list
}

// partOf reports whether an object of the old state is part of another one.
func (r *run) partOf(o *state.Object, a address.Address) bool {
	for range deepest {
		if o == nil || o.Parent == a {
			return o != nil
		}
		o = r.from.Get(o.Parent)
	}
	return false
}

// dependsOn returns the aspects of an object that another one of the old state depends
// on. Of one that stays as it is, what is wanted knows better than the history.
func (r *run) dependsOn(user *state.Object, a address.Address) state.Aspects {
	if after := r.to.Get(user.Address); after != nil && state.Same(user, after) && after.Ref(a) != 0 {
		return after.Ref(a)
	}
	return user.Ref(a)
}
