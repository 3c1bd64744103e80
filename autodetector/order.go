package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/graph"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// A link says that one operation comes before another, by their indexes.
type link = graph.Edge

// order puts the operations into a stable order that respects what they need.
// The order in which detectors answered has no effect.
func (r *run) order(ctx context.Context) error {
	r.operations = append(r.operations, r.renameOps...)
	for {
		r.canonical()
		r.links = r.edges()
		if r.diagnostics.HasErrors() {
			return nil
		}
		order, cycle := graph.Sort(len(r.operations), r.links)
		if torn := r.tearing(order, cycle); len(torn) > 0 {
			if err := r.again(ctx, torn); err != nil || r.diagnostics.HasErrors() {
				return err
			}
			continue
		}
		if cycle == nil {
			r.operations = pick(r.operations, order)
			r.links = moved(r.links, order)
			return nil
		}
		if r.setAside(cycle) {
			continue
		}
		torn := tornBy(cycle, r.altered(func(string) bool { return true }))
		if len(torn) == 0 {
			r.reportCycle(cycle)
			return nil
		}
		if err := r.again(ctx, torn); err != nil || r.diagnostics.HasErrors() {
			return err
		}
	}
}

// canonical puts the operations into an order that depends on nothing but them.
func (r *run) canonical() {
	keys := r.sortKeys()
	perm := sequence(len(r.operations))
	slices.SortStableFunc(perm, func(a, b int) int {
		if c := keys[a].compare(keys[b]); c != 0 || keys[a] == (sortKey{}) {
			return c
		}
		return compareTexts(&r.operations[a], &r.operations[b])
	})
	r.operations = pick(r.operations, perm)
}

// A sortKey is the canonical place of an operation: by the outermost object that
// it belongs to, from the whole to the parts, by rank, drops first.
type sortKey struct {
	rename int
	root   string
	depth  int
	kind   int
	rank   int
	path   string
	verb   int
	name   string
}

func (k sortKey) compare(o sortKey) int {
	return cmp.Or(
		cmp.Compare(k.rename, o.rename), cmp.Compare(k.root, o.root), cmp.Compare(k.depth, o.depth),
		cmp.Compare(k.kind, o.kind), cmp.Compare(k.rank, o.rank), cmp.Compare(k.path, o.path),
		cmp.Compare(k.verb, o.verb), cmp.Compare(k.name, o.name))
}

func (r *run) sortKeys() []sortKey {
	keys := make([]sortKey, len(r.operations))
	for i, op := range r.operations {
		keys[i] = r.sortKey(op)
	}
	return keys
}

func (r *run) sortKey(op operation.Operation) sortKey {
	k := sortKey{rename: 1, kind: len(r.owners.rank), path: op.Target.String(), verb: 1, name: op.Kind}
	if op.Kind == renameKind {
		return sortKey{} // in the order in which they were decided, each in the names that those before it left
	}
	if rank, ok := r.owners.rank[op.Target.Kind()]; ok {
		k.kind = rank
	}
	o := cmp.Or(r.to.Get(op.Target), r.from.Get(op.Target))
	if o != nil {
		k.rank = o.Rank
	}
	for _, e := range op.Edits {
		if e.Drop == op.Target {
			k.verb = 0
		}
	}
	root, depth := op.Target, 0
	for o != nil && !o.Parent.IsZero() {
		root, depth = o.Parent, depth+1
		o = cmp.Or(r.to.Get(o.Parent), r.from.Get(o.Parent))
	}
	// What stands alone comes by kind, so that types are before tables.
	k.root, k.depth = rootKey(r.owners.rank[root.Kind()], root), depth
	return k
}

func rootKey(rank int, root address.Address) string {
	return fmt.Sprintf("%04d %s", rank, root.Path())
}

// reportCycle names every operation of the shortest cycle and why it waits.
func (r *run) reportCycle(cycle []graph.Edge) {
	var lines []string
	for _, e := range cycle {
		lines = append(lines, fmt.Sprintf("%s comes before %s: %s", r.title(e.From), r.title(e.To), e.Why))
	}
	r.report(diag.Diagnostic{
		Code:    "WH2201",
		Summary: fmt.Sprintf("%d operations wait for one another", len(cycle)),
		Detail:  strings.Join(lines, "\n"),
		Next:    r.wayOut(cycle),
		Range:   r.in.Declaration.Places[r.operations[cycle[0].From].Target],
		Address: r.operations[cycle[0].From].Target.String(),
	})
}

// wayOut says what to do about a cycle. What is there already can be changed in steps;
// what is new waits in steps as well.
func (r *run) wayOut(cycle []graph.Edge) string {
	for _, e := range cycle {
		if r.from.Has(r.operations[e.From].Target) {
			return "make the change in two steps, with a migration each"
		}
	}
	return "take one of these out of the models, or what makes it wait for the next one"
}

// title names an operation with its detector, for messages.
func (r *run) title(i int) string {
	op := r.operations[i]
	return fmt.Sprintf("%s %s [%s]", op.Kind, op.Target.Path(), op.Detector)
}

func pick[T any](list []T, order []int) []T {
	picked := make([]T, len(order))
	for i, from := range order {
		picked[i] = list[from]
	}
	return picked
}

// moved returns the links with the numbers that operations have after sorting.
func moved(links []link, order []int) []link {
	place := make([]int, len(order))
	for to, from := range order {
		place[from] = to
	}
	out := make([]link, 0, len(links))
	for _, l := range links {
		l.From, l.To = place[l.From], place[l.To]
		if l.From < l.To { // a soft link that was given up points backwards
			out = append(out, l)
		}
	}
	return out
}

func sequence(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
