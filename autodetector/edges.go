package autodetector

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// edges returns what has to come before what. Nothing of it is the detectors'
// work but their Needs: the rest follows from the references of the objects.
func (r *run) edges() []link {
	e := newEdges(r)
	for i := range r.operations {
		e.effects(i)
		e.touches(i)
		e.needs(i)
		e.reactions(i)
		e.names(i)
		e.renames(i)
	}
	e.rewrites()
	e.asides()
	return e.links
}

type edges struct {
	*run
	providers map[operation.Effect][]int
	takes     map[string][]int
	at        map[address.Address][]int // operations by target
	renamers  map[string][]int          // operations that rename to a path
	links     []link
}

func newEdges(r *run) *edges {
	e := &edges{run: r, takes: map[string][]int{}, renamers: renamers(r.operations), at: map[address.Address][]int{}, providers: map[operation.Effect][]int{}}
	dropped := map[address.Address]bool{}
	for _, op := range r.operations {
		for _, edit := range op.Edits {
			dropped[edit.Drop] = true
		}
	}
	// What is dropped and put again is made anew.
	there := func(a address.Address) bool { return r.from.Has(a) && !dropped[a] }
	for i, op := range r.operations {
		e.at[op.Target] = append(e.at[op.Target], i)
		for _, effect := range op.Provides(there) {
			e.providers[effect] = append(e.providers[effect], i)
		}
		for _, name := range op.Takes {
			e.takes[name] = append(e.takes[name], i)
		}
	}
	return e
}

func (e *edges) creates(a address.Address) []int { return e.provide(operation.Create, a) }
func (e *edges) alters(a address.Address) []int  { return e.provide(operation.Alter, a) }
func (e *edges) drops(a address.Address) []int   { return e.provide(operation.Drop, a) }

// provide returns the operations that do something to an object.
func (e *edges) provide(v operation.Verb, a address.Address) []int {
	return e.providers[operation.Effect{Verb: v, Object: a}]
}

func (e *edges) before(from, to int, soft bool, why string) {
	if from != to {
		e.links = append(e.links, link{From: from, To: to, Soft: soft, Why: why})
	}
}

// effects orders an operation by the references of the objects that it makes,
// alters and drops.
func (e *edges) effects(i int) {
	for _, edit := range e.operations[i].Edits {
		switch {
		case edit.Put != nil && e.isCreate(i, edit.Put.Address):
			e.create(i, edit.Put)
			e.within(i, e.to, edit.Put, false)
		case edit.Put != nil:
			e.alter(i, edit.Put)
			e.within(i, e.to, edit.Put, false)
		case !edit.Drop.IsZero():
			e.drop(i, edit.Drop)
			e.within(i, e.from, e.from.Get(edit.Drop), true)
		}
	}
}

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

func (e *edges) isCreate(i int, a address.Address) bool {
	for _, other := range e.creates(a) {
		if other == i {
			return true
		}
	}
	return false
}

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

// touches: dependents of a touched object are away while it is worked on.
func (e *edges) touches(i int) {
	for _, touch := range e.operations[i].Touches {
		for _, user := range e.users(touch.Object, touch.Aspects) {
			for _, d := range e.drops(user.Address) {
				e.before(d, i, false, fmt.Sprintf("%s is in the way", user.Address))
			}
			for _, c := range e.creates(user.Address) {
				e.before(i, c, false, fmt.Sprintf("%s is made again afterwards", user.Address))
			}
		}
	}
}

// names: a name in the database is given up before it is taken.
func (e *edges) names(i int) {
	for _, name := range e.operations[i].Frees {
		for _, taker := range e.takes[name] {
			e.before(i, taker, false, givesUpName)
		}
	}
}

// needs: the declared dependencies.
func (e *edges) needs(i int) {
	for _, n := range e.operations[i].Needs {
		providers := e.provide(n.Verb, n.Object)
		for _, p := range providers {
			if n.Before {
				e.before(i, p, n.Soft, n.Why)
			} else {
				e.before(p, i, n.Soft, n.Why)
			}
		}
		if len(providers) == 0 && !n.Soft && !e.met(n) {
			e.reportUnmet(i, n)
		}
	}
}

// met reports whether a need that no operation provides holds already.
func (e *edges) met(n operation.Need) bool {
	return n.Verb == operation.Create && !n.Before && e.from.Has(n.Object) && e.to.Has(n.Object)
}

func (e *edges) reportUnmet(i int, n operation.Need) {
	op := e.operations[i]
	_, author := e.owners.blamed(op.Detector)
	e.report(diag.Diagnostic{
		Code:    "WH2202",
		Summary: fmt.Sprintf("%s needs somebody to %s %s, and nobody does", e.title(i), n.Verb, detect.Called(n.Object)),
		Detail:  fmt.Sprintf("The dependency was declared by detector %q. %s", op.Detector, n.Why),
		Next:    "if nothing of that name is missing in the models, report it to " + author,
		Range:   e.in.Declaration.Places[op.Target],
		Address: op.Target.String(),
	})
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
