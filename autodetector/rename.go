package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// rename decides which removed object has become which added one, from the
// outermost objects inwards and kind by kind, and makes the renames in from, so
// that everybody after it compares objects of one address. A constraint comes
// after the fields that it is over.
func (r *run) rename(ctx context.Context) error {
	d := &renamer{run: r, used: map[int]bool{}, asked: map[address.Address]bool{}}
	if err := d.adopt(ctx); err != nil {
		return err
	}
	for depth, deeper := 1, r.from.Len() > 0; deeper; depth++ {
		var err error
		if deeper, err = d.level(ctx, depth); err != nil {
			return err
		}
	}
	if err := d.moved(ctx); err != nil {
		return err
	}
	if err := d.values(ctx); err != nil {
		return err
	}
	d.reportUnused()
	r.renameOps = d.operations()
	return nil
}

// level decides the renames at a depth of the path. It reports whether there is
// anything deeper.
func (d *renamer) level(ctx context.Context, depth int) (deeper bool, err error) {
	removed, added, deeper := d.candidates(depth)
	above := len(d.batches)
	for _, kind := range d.kindsAt(depth, removed) {
		before := len(d.batches)
		if err := d.decide(ctx, depth, kind, removed, added); err != nil {
			return false, err
		}
		if len(d.batches) > before {
			removed, added, deeper = d.candidates(depth)
		}
	}
	if len(d.batches) > above {
		err = d.follow(ctx, depth)
	}
	return deeper || d.awaits(depth), err
}

// kindsAt returns the kinds of which something may be renamed, in the order of
// their owners.
func (d *renamer) kindsAt(depth int, removed []*state.Object) []string {
	set := map[string]bool{}
	for _, o := range removed {
		set[o.Address.Kind()] = true
	}
	for _, f := range d.flagged(depth) {
		set[f.rename.From.Kind()] = true
	}
	for _, r := range d.in.Declaration.Renamed {
		if len(r.To.Names()) == depth {
			set[r.To.Kind()] = true
		}
	}
	return slices.SortedFunc(maps.Keys(set), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.owners.rank[a], d.owners.rank[b]), cmp.Compare(a, b))
	})
}

type renamer struct {
	*run
	batches [][]state.Rename         // each made at once, in the addresses that the ones before left
	used    map[int]bool             // answers that were of use
	asked   map[address.Address]bool // what the user was asked about already
}

// candidates returns the objects at a depth of the path that are in one state
// only, by address, and whether there is anything deeper.
func (d *renamer) candidates(depth int) (removed, added []*state.Object, deeper bool) {
	for _, c := range d.changes() {
		switch names := len(c.Address().Names()); {
		case names > depth:
			deeper = true
		case names < depth || c.Before != nil && c.After != nil:
		case c.After == nil:
			removed = append(removed, c.Before)
		default:
			added = append(added, c.After)
		}
	}
	return removed, added, deeper
}

// decide pairs objects of a kind and makes the renames of one depth: those that
// the user has spoken of, then those that the rest suggests.
func (d *renamer) decide(ctx context.Context, depth int, kind string, removed, added []*state.Object) error {
	renames := d.explicit(depth, kind)
	gone, taken := map[address.Address]bool{}, map[address.Address]bool{}
	for _, r := range renames {
		gone[r.From], taken[r.To] = true, true
	}
	judged, err := d.alikeness(ctx, d.pairs(kind, removed, added, gone, taken))
	if err != nil {
		return err
	}
	for _, sure := range []bool{true, false} { // what is equal is nobody else's new name
		for _, old := range removed {
			if old.Address.Kind() != kind || gone[old.Address] {
				continue
			}
			to, err := d.destination(ctx, old, siblingsOf(old, added, taken), judged, sure)
			if err != nil {
				return err
			}
			if !to.IsZero() {
				gone[old.Address], taken[to] = true, true
				renames = append(renames, state.Rename{From: old.Address, To: to})
			}
		}
	}
	return d.apply(renames)
}

// pairs returns the removed objects of a kind, each with every added one that it
// may have become.
func (d *renamer) pairs(kind string, removed, added []*state.Object, gone, taken map[address.Address]bool) []detect.Pair {
	var pairs []detect.Pair
	for _, old := range removed {
		if old.Address.Kind() != kind || gone[old.Address] || d.saidDropped(old.Address) {
			continue
		}
		for _, o := range siblingsOf(old, added, taken) {
			pairs = append(pairs, detect.Pair{Before: old, After: o})
		}
	}
	return pairs
}

// destination returns what an old object has become, or the zero address: first
// what is surely it, then what the user is asked about.
func (d *renamer) destination(
	ctx context.Context, old *state.Object, siblings []*state.Object, judged map[detect.Pair]detect.Alikeness, sure bool,
) (address.Address, error) {
	var alike []address.Address
	for _, o := range siblings {
		switch alikeness := judged[detect.Pair{Before: old, After: o}]; {
		case alikeness == detect.Equal && sure:
			return o.Address, nil
		case alikeness != detect.Different && !sure:
			alike = append(alike, o.Address)
		}
	}
	if len(alike) == 0 {
		return address.Address{}, nil
	}
	return d.ask(ctx, old.Address, alike, d.in.Declaration.Places[alike[0]])
}

func siblingsOf(old *state.Object, added []*state.Object, taken map[address.Address]bool) []*state.Object {
	var found []*state.Object
	for _, o := range added {
		if o.Address.Kind() == old.Address.Kind() && o.Parent == old.Parent && (o.App == old.App || handedOn(old, o)) && !taken[o.Address] {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b *state.Object) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), address.Compare(a.Address, b.Address))
	})
	return found
}

// handedOn reports whether an object may be one that an app has handed on to another: it
// stands by itself, under the label that it had.
func handedOn(old, o *state.Object) bool {
	return o.Parent.IsZero() && old.App != "" && o.App != "" && o.App != old.App && o.Address.Name() == old.Address.Name()
}

// apply makes renames in from. An object that is in the way is dropped later; it
// gets a name that nobody can declare.
func (d *renamer) apply(renames []state.Rename) error {
	if len(renames) == 0 {
		return nil
	}
	leaving := map[address.Address]bool{}
	for _, r := range renames {
		leaving[r.From] = true
	}
	for _, r := range slices.Clone(renames) {
		if d.from.Has(r.To) && !leaving[r.To] {
			aside := sibling(r.To, r.To.Name()+" (dropped)")
			renames = append(renames, state.Rename{From: r.To, To: aside})
		}
	}
	from, err := d.from.Apply(state.Edit{Rename: renames})
	if err != nil {
		return fmt.Errorf("renaming: %w", err)
	}
	d.track(renames)
	d.from = from
	d.batches = append(d.batches, renames)
	return nil
}

// sibling returns the address of another name beside a.
func sibling(a address.Address, name string) address.Address {
	names := a.Names()
	return address.New(a.Kind(), append(names[:len(names)-1], name)...)
}

// operations returns a state-only operation for the renames of each batch and
// app, and publishes each rename as a fact.
func (d *renamer) operations() []operation.Operation {
	var ops []operation.Operation
	for _, batch := range d.batches {
		byApp := map[string]int{} // app -> its operation
		for _, r := range batch {
			d.facts = append(d.facts, detect.Fact{Name: "rename", Subject: r.To.String(), Value: renameValue(r)})
			app := renamedIn(d.from, r)
			i, known := byApp[app]
			if !known {
				i = len(ops)
				byApp[app] = i
				ops = append(ops, operation.Operation{
					Kind: renameKind, Target: r.To, Detector: "core", Summary: "rename", Edits: []state.Edit{{}},
				})
			}
			ops[i].Summary += comma(ops[i]) + renameText(r)
			ops[i].Edits[0].Rename = append(ops[i].Edits[0].Rename, r)
		}
	}
	return ops
}

func comma(op operation.Operation) string {
	if len(op.Edits[0].Rename) > 0 {
		return ", "
	}
	return " "
}

func renameText(r state.Rename) string { return r.From.String() + " to " + newName(r.From, r.To) }

// newName returns what an object is called now: its name, or its path if it is
// elsewhere.
func newName(old, now address.Address) string {
	if sibling(old, now.Name()) == now {
		return now.Name()
	}
	return now.Path()
}

func renameValue(r state.Rename) []byte {
	value, _ := state.Encode(map[string]string{"from": r.From.String()}) // strings always encode
	return value
}

// renameKind is the kind of the operations that rename objects in the state. What
// that means in the database is in the operations of the objects' owners.
const renameKind = "rename"
