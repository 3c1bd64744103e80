package autodetector

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// within: the SQL of an object names what its parent is in too, as an option of a
// field names the table. It is made after that is altered, and dropped before.
//
// That of an object that stands by itself names what the objects that it refers to
// are part of, as a view of a column names the table. So may that of any object of a
// plugin, as a trigger on the table of a field does.
func (e *edges) within(i int, s *state.State, o *state.Object, drop bool) {
	if o == nil {
		return
	}
	for parent := s.Get(o.Parent); parent != nil; parent = s.Get(parent.Parent) {
		e.around(i, parent.Parent, drop, fmt.Sprintf("%s is part of %s", o.Address, parent.Parent))
	}
	if _, plugin := detect.Plugin(o.Address.Kind()); !plugin && !o.Parent.IsZero() {
		return
	}
	for _, ref := range o.Refs {
		if o.Parent.IsZero() {
			e.members(i, ref.Target, drop)
		}
		if target := s.Get(ref.Target); target != nil {
			e.around(i, target.Parent, drop, fmt.Sprintf("%s names %s, which is part of %s", o.Address, ref.Target, target.Parent))
		}
	}
}

// members: a * in the SQL of an object that stands by itself is what a model has
// when the object is made. So it is dropped before members of what it refers to
// come, and made after others have gone.
func (e *edges) members(i int, whole address.Address, drop bool) {
	other, verb := e.from, operation.Drop
	if drop {
		other, verb = e.to, operation.Create
	}
	kinds := e.owners.kinds[whole.Kind()].Members
	if len(kinds) == 0 {
		return
	}
	for _, member := range other.Children(whole, kinds...) {
		for _, j := range e.provide(verb, member.Address) {
			if drop {
				e.before(i, j, true, fmt.Sprintf("* of %s may stand for %s", whole, member.Address))
			} else {
				e.before(j, i, true, fmt.Sprintf("* of %s may have stood for %s", whole, member.Address))
			}
		}
	}
}

// around puts what drops an object before the alterations of another one, and what
// makes it after them.
func (e *edges) around(i int, a address.Address, drop bool, why string) {
	for _, alter := range e.alters(a) {
		if drop {
			e.before(i, alter, true, why)
		} else {
			e.before(alter, i, true, why)
		}
	}
}
