package autodetector

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// follow makes the renames that came with others at a depth: where names of
// fields are exchanged or handed on, so are those of the constraints that are
// named after them, and each is equal to what another one was.
func (d *renamer) follow(ctx context.Context, depth int) error {
	gone, come := d.different(depth)
	taken := map[address.Address]bool{}
	var renames []state.Rename
	for _, old := range gone {
		to, err := d.followed(ctx, old, siblingsOf(old, come, taken))
		if err != nil {
			return err
		}
		if !to.IsZero() {
			taken[to] = true
			renames = append(renames, state.Rename{From: old.Address, To: to})
		}
	}
	return d.apply(d.possible(renames))
}

// followed returns what an object has surely become, or the zero address.
func (d *renamer) followed(ctx context.Context, old *state.Object, siblings []*state.Object) (address.Address, error) {
	var pairs []detect.Pair
	for _, o := range siblings {
		if o.Address != old.Address {
			pairs = append(pairs, detect.Pair{Before: old, After: o})
		}
	}
	judged, err := d.alikeness(ctx, pairs)
	if err != nil {
		return address.Address{}, err
	}
	for _, p := range pairs {
		if judged[p] == detect.Equal && !d.saidDropped(old.Address) {
			return p.After.Address, nil
		}
	}
	return address.Address{}, nil
}

// different returns the objects at a depth as they were and as they are, where
// that is not the same.
func (d *renamer) different(depth int) (gone, come []*state.Object) {
	for _, c := range d.changes() {
		if len(c.Address().Names()) != depth {
			continue
		}
		if c.Before != nil {
			gone = append(gone, c.Before)
		}
		if c.After != nil {
			come = append(come, c.After)
		}
	}
	return gone, come
}

// possible returns the renames that take a name that is free, or that another
// one of them gives up.
func (d *renamer) possible(renames []state.Rename) []state.Rename {
	given := map[address.Address]bool{}
	for _, r := range renames {
		given[r.From] = true
	}
	kept := slices.DeleteFunc(slices.Clone(renames), func(r state.Rename) bool { return d.from.Has(r.To) && !given[r.To] })
	if len(kept) < len(renames) {
		return d.possible(kept)
	}
	return kept
}

// awaits reports whether an answer may name something deeper. An exchange of two
// names may be all that changes, so that no difference leads there.
func (d *renamer) awaits(depth int) bool {
	for i, answer := range d.in.Answers.Renames {
		path, err := address.Parse("path " + answer.Old)
		if !d.used[i] && err == nil && len(path.Names()) >= depth {
			return true
		}
	}
	return slices.ContainsFunc(d.in.Declaration.Renamed, func(r state.Rename) bool {
		return len(r.To.Names()) > depth
	})
}
