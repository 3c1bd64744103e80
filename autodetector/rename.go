package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// rename decides which removed object has become which added one, from the
// outermost objects inwards, and makes the renames in from, so that everybody
// after it compares objects of one address.
func (r *run) rename(ctx context.Context) error {
	d := &renamer{run: r, used: map[int]bool{}}
	for depth := 1; ; depth++ {
		removed, added, deeper := d.candidates(depth)
		if err := d.decide(ctx, depth, removed, added); err != nil {
			return err
		}
		if !deeper {
			break
		}
	}
	d.reportUnused()
	r.renameOps = d.operations()
	return nil
}

type renamer struct {
	*run
	decided []state.Rename // in the addresses of the original state -> final ones
	used    map[int]bool   // answers that were of use
}

// candidates returns the objects at a depth of the path that are in one state
// only, by address, and whether there is anything deeper.
func (d *renamer) candidates(depth int) (removed, added []*state.Object, deeper bool) {
	for _, c := range state.Diff(d.from, d.to) {
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

// decide pairs objects and makes the renames of one depth: those that the user
// has spoken of, then those that the rest suggests.
func (d *renamer) decide(ctx context.Context, depth int, removed, added []*state.Object) error {
	renames := d.explicit(depth)
	gone, taken := map[address.Address]bool{}, map[address.Address]bool{}
	for _, r := range renames {
		gone[r.From], taken[r.To] = true, true
	}
	for _, old := range removed {
		if gone[old.Address] {
			continue
		}
		to, err := d.destination(ctx, old, added, taken)
		if err != nil {
			return err
		}
		if !to.IsZero() {
			taken[to] = true
			renames = append(renames, state.Rename{From: old.Address, To: to})
		}
	}
	return d.apply(renames)
}

// destination returns what an old object has become, or the zero address.
func (d *renamer) destination(ctx context.Context, old *state.Object, added []*state.Object, taken map[address.Address]bool) (address.Address, error) {
	if d.saidDropped(old.Address) {
		return address.Address{}, nil
	}
	siblings := siblingsOf(old, added, taken)
	var alike []address.Address
	for _, o := range siblings {
		switch d.in.Match(old, o, d.from, d.to) {
		case Equal:
			return o.Address, nil
		case Alike:
			alike = append(alike, o.Address)
		}
	}
	if len(alike) == 0 {
		return address.Address{}, nil
	}
	return d.ask(ctx, old.Address, alike)
}

func siblingsOf(old *state.Object, added []*state.Object, taken map[address.Address]bool) []*state.Object {
	var found []*state.Object
	for _, o := range added {
		if o.Address.Kind() == old.Address.Kind() && o.Parent == old.Parent && o.App == old.App && !taken[o.Address] {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b *state.Object) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), address.Compare(a.Address, b.Address))
	})
	return found
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
	d.from = from
	d.decided = append(d.decided, renames...)
	return nil
}

// sibling returns the address of another name beside a.
func sibling(a address.Address, name string) address.Address {
	names := a.Names()
	return address.New(a.Kind(), append(names[:len(names)-1], name)...)
}

// operations returns one state-only operation per app and depth with renames,
// and publishes each rename as a fact.
func (d *renamer) operations() []operation.Operation {
	var ops []operation.Operation
	for _, r := range d.decided {
		d.facts = append(d.facts, detect.Fact{Name: "rename", Subject: r.To.String(), Value: renameValue(r)})
		key := fmt.Sprintf("%s\x00%d", r.From.App(), len(r.From.Names()))
		if n := len(ops); n > 0 && renameKey(ops[n-1]) == key {
			ops[n-1].Edits[0].Rename = append(ops[n-1].Edits[0].Rename, r)
			ops[n-1].Summary += ", " + renameText(r)
			continue
		}
		ops = append(ops, operation.Operation{
			Kind: renameKind, Target: r.To, Detector: "core", Summary: "rename " + renameText(r),
			Edits: []state.Edit{{Rename: []state.Rename{r}}},
		})
	}
	return ops
}

func renameKey(op operation.Operation) string {
	from := op.Edits[0].Rename[0].From
	return fmt.Sprintf("%s\x00%d", from.App(), len(from.Names()))
}

func renameText(r state.Rename) string { return r.From.String() + " to " + r.To.Name() }

func renameValue(r state.Rename) []byte {
	value, _ := state.Encode(map[string]string{"from": r.From.String()}) // strings always encode
	return value
}

// renameKind is the kind of the operations that rename objects in the state. What
// that means in the database is in the operations of the objects' owners.
const renameKind = "rename"
