package autodetector

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/graph"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// An object that is altered where it stands speaks of what it will refer
// to by the new names, and of what it refers to until then by the old ones. Where no
// order has both, as where the column that it read goes and another one gets its name,
// it cannot be altered: it is dropped first and made again last. Those of plugins are
// already where an order leaves one of the two open, others where it has them altered
// before what they name then has its name.

// tearing returns the objects of plugins of which an alteration is not where its
// references want it in an order, or is part of a cycle, and others that an order has
// altered too early.
func (r *run) tearing(order []int, cycle []graph.Edge) []address.Address {
	altered := r.altered(func(kind string) bool {
		_, plugin := detect.Plugin(kind)
		return plugin
	})
	torn := tornBy(cycle, altered)
	for _, i := range r.displaced(altered, order, func(link) bool { return true }) {
		torn = append(torn, altered[i])
	}
	leaving := r.leaving()
	for _, i := range r.displaced(leaving, order, r.misnames) {
		torn = append(torn, leaving[i])
	}
	return torn
}

// leaving returns what is altered where it stands and no longer refers to something that
// it referred to, by operation. Parts without which a whole cannot be are none of them.
func (r *run) leaving() map[int]address.Address {
	leaving := r.altered(func(kind string) bool { return !r.owners.isMember(kind) })
	for i, a := range leaving {
		now := references(r.to.Get(a))
		if !slices.ContainsFunc(references(r.from.Get(a)), func(old address.Address) bool { return !slices.Contains(now, old) }) {
			delete(leaving, i)
		}
	}
	return leaving
}

// misnames reports whether what comes after by a link names something that what comes
// before by it gives its name.
func (r *run) misnames(l link) bool {
	return slices.ContainsFunc(r.operations[l.From].Touches, func(t operation.Touch) bool { return t.Aspects&state.Name != 0 })
}

// tornBy returns the altered objects that are part of a cycle.
func tornBy(cycle []graph.Edge, altered map[int]address.Address) []address.Address {
	var torn []address.Address
	for _, e := range cycle {
		if a, ok := altered[e.From]; ok {
			torn = append(torn, a)
		}
	}
	return torn
}

// altered returns what operations alter by SQL where it stands, by operation, of some
// kinds; not what was to be replaced already and whose owner alters it still.
func (r *run) altered(of func(kind string) bool) map[int]address.Address {
	dropped, altered := map[address.Address]bool{}, map[int]address.Address{}
	for i, op := range r.operations {
		for _, edit := range op.Edits {
			dropped[edit.Drop] = true
			if edit.Put != nil && len(op.Up) > 0 && of(op.Target.Kind()) {
				altered[i] = edit.Put.Address
			}
		}
	}
	for i, a := range altered {
		if _, owned := r.owners.byKind[a.Kind()]; !owned || !r.from.Has(a) || dropped[a] || r.torn[a] {
			delete(altered, i)
		}
	}
	return altered
}

// displaced returns the operations, of those that alter something, that an order has
// before something that they should come after, or after what they should come before,
// by links that count.
func (r *run) displaced(altered map[int]address.Address, order []int, counts func(link) bool) []int {
	if len(altered) == 0 || len(order) == 0 {
		return nil
	}
	place := make([]int, len(r.operations))
	for at, i := range order {
		place[i] = at
	}
	var found []int
	e := newEdges(r)
	for _, i := range order {
		if _, is := altered[i]; !is {
			continue
		}
		e.links = nil
		e.effects(i)
		for _, l := range e.links {
			if place[l.From] > place[l.To] && counts(l) {
				found = append(found, i)
				break
			}
		}
	}
	return found
}

// again has the detectors answer once more, with objects that have to be replaced.
func (r *run) again(ctx context.Context, torn []address.Address) error {
	if r.torn == nil {
		r.torn = map[address.Address]bool{}
	}
	for _, a := range torn {
		r.torn[a] = true
	}
	r.facts, r.answered = append(r.facts, r.answered...), nil
	r.operations, r.orphans = nil, map[address.Address]detect.Change{}
	r.diagnostics = r.diagnostics[:r.said]
	for _, step := range []func(context.Context) error{r.detect, r.restore, r.review} {
		if err := step(ctx); err != nil || r.diagnostics.HasErrors() {
			return err
		}
	}
	r.operations = append(r.operations, r.renameOps...)
	return nil
}
