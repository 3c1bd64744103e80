package autodetector

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
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
	e.add(link{From: from, To: to, Soft: soft, Why: why})
}

func (e *edges) add(l link) {
	if l.From != l.To {
		e.links = append(e.links, l)
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

func (e *edges) isCreate(i int, a address.Address) bool {
	for _, other := range e.creates(a) {
		if other == i {
			return true
		}
	}
	return false
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
