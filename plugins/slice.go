package plugins

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// slice returns the pass over some of its changes: both states hold the models
// that these are in, everything that those refer to with the models of it, and
// what the manifest reads.
func slice(m *detect.Manifest, pass detect.Pass, changes []detect.Change) detect.Pass {
	near := roots{}
	for _, change := range changes {
		near.add(pass, change.Address())
		for _, o := range []*state.Object{change.Before, change.After} {
			if o != nil {
				near.add(pass, o.Parent)
			}
		}
	}
	wide := roots{}
	for _, s := range []*state.State{pass.From, pass.To} {
		for _, o := range near.below(s) {
			wide.add(pass, o.Address)
			for _, ref := range o.Refs {
				wide.add(pass, ref.Target)
			}
		}
	}
	part := pass
	part.Changes = changes
	part.From, part.To = wide.state(m, pass.From), wide.state(m, pass.To)
	return part
}

// roots are addresses of objects that are wanted with everything below them.
type roots map[address.Address]bool

// add adds the outermost parents of an object, as they are in both states.
func (r roots) add(pass detect.Pass, a address.Address) {
	if !a.IsZero() {
		r[outermost(pass.From, a)] = true
		r[outermost(pass.To, a)] = true
	}
}

// outermost returns the last of the parents of a that is in a state. The depth
// is bounded because nobody has proven that parents end.
func outermost(s *state.State, a address.Address) address.Address {
	for range 32 {
		o := s.Get(a)
		if o == nil || !s.Has(o.Parent) {
			break
		}
		a = o.Parent
	}
	return a
}

// below returns the roots that are in a state, and what is below them.
func (r roots) below(s *state.State) map[address.Address]*state.Object {
	kept := map[address.Address]*state.Object{}
	var keep func(o *state.Object)
	keep = func(o *state.Object) {
		if o == nil || kept[o.Address] != nil {
			return
		}
		kept[o.Address] = o
		for _, child := range s.Children(o.Address) {
			keep(child)
		}
	}
	for root := range r {
		keep(s.Get(root))
	}
	return kept
}

// state returns the part of a state that is below the roots or read anyway.
func (r roots) state(m *detect.Manifest, s *state.State) *state.State {
	kept := r.below(s)
	var objects []*state.Object
	for o := range s.All() {
		if kept[o.Address] != nil || slices.Contains(m.Reads, o.Address.Kind()) {
			objects = append(objects, o)
		}
	}
	return state.New(objects...)
}
