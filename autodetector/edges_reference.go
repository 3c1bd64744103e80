package autodetector

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// create: an object is made after what it refers to is made or altered, and
// after an object of the same address is dropped.
func (e *edges) create(i int, o *state.Object) {
	for _, d := range e.drops(o.Address) {
		e.before(d, i, false, "the old one has to go first")
	}
	for _, target := range references(o) {
		for _, c := range e.creates(target) {
			e.before(c, i, false, fmt.Sprintf("%s refers to %s", o.Address, target))
			e.wholes(c, i, o)
		}
		for _, a := range e.alters(target) {
			e.before(a, i, false, fmt.Sprintf("%s is made for the altered %s", o.Address, target))
		}
	}
}

// wholes asks, softly, that wholes come in the order in which their parts need
// each other, so that the parts can be folded into them.
func (e *edges) wholes(c, i int, o *state.Object) {
	target := e.to.Get(e.operations[c].Target)
	if target == nil {
		return
	}
	for _, whole := range e.creates(outermost(e.to, target)) {
		for _, mine := range e.creates(outermost(e.to, o)) {
			e.before(whole, mine, true, "parts of it refer there")
		}
	}
}

func outermost(s *state.State, o *state.Object) address.Address {
	for !o.Parent.IsZero() {
		parent := s.Get(o.Parent)
		if parent == nil {
			break
		}
		o = parent
	}
	return o.Address
}

// alter: an object is altered after what it will refer to is made, and before
// what it refers to no longer is dropped.
func (e *edges) alter(i int, o *state.Object) {
	now := references(o)
	for _, target := range now {
		for _, c := range e.creates(target) {
			e.before(c, i, false, fmt.Sprintf("%s will refer to %s", o.Address, target))
		}
		for _, a := range e.alters(target) {
			e.before(a, i, true, fmt.Sprintf("%s refers to %s", o.Address, target))
		}
	}
	for _, target := range references(e.from.Get(o.Address)) {
		if slices.Contains(now, target) || e.released(i, o.Address, target) {
			continue
		}
		for _, d := range e.drops(target) {
			e.before(i, d, false, fmt.Sprintf("%s refers to %s until then", o.Address, target))
		}
		for _, a := range e.alters(target) {
			e.before(i, a, true, fmt.Sprintf("%s refers to %s until then", o.Address, target))
		}
	}
}

// drop: an object is dropped before what it refers to is altered or dropped.
func (e *edges) drop(i int, a address.Address) {
	for _, target := range references(e.from.Get(a)) {
		for _, d := range e.drops(target) {
			e.before(i, d, false, fmt.Sprintf("%s refers to %s", a, target))
		}
		for _, alter := range e.alters(target) {
			e.before(i, alter, false, fmt.Sprintf("%s is in the way of altering %s", a, target))
		}
	}
}

// references returns what an object refers to, its parent included, in a fixed
// order.
func references(o *state.Object) []address.Address {
	if o == nil {
		return nil
	}
	list := make([]address.Address, 0, len(o.Refs)+1)
	if !o.Parent.IsZero() {
		list = append(list, o.Parent)
	}
	for _, ref := range o.Refs {
		list = append(list, ref.Target)
	}
	return list
}
