package autodetector

import (
	"context"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// adopt makes the renames between objects that stand by themselves and objects
// that are part of another one, where both are the same thing in the database:
// the join model of a many_to_many that somebody has written out by now, or
// writes no longer.
func (d *renamer) adopt(ctx context.Context) error {
	var removed, added []*state.Object
	for _, c := range state.Diff(d.from, d.to) {
		switch {
		case c.After == nil:
			removed = append(removed, c.Before)
		case c.Before == nil:
			added = append(added, c.After)
		}
	}
	taken := map[address.Address]bool{}
	var renames []state.Rename
	for _, old := range removed {
		judged, err := d.alikeness(ctx, d.adoptions(old, added, taken))
		if err != nil {
			return err
		}
		for _, o := range added {
			if judged[detect.Pair{Before: old, After: o}] == detect.Equal {
				taken[o.Address] = true
				renames = append(renames, state.Rename{From: old.Address, To: o.Address})
				break
			}
		}
	}
	return d.apply(renames)
}

// adoptions returns an object with each of those that it may be: one of the two
// stands by itself.
func (d *renamer) adoptions(old *state.Object, added []*state.Object, taken map[address.Address]bool) []detect.Pair {
	var pairs []detect.Pair
	for _, o := range added {
		if old.Address.Kind() == o.Address.Kind() && old.App == o.App && old.Parent.IsZero() != o.Parent.IsZero() && !taken[o.Address] {
			pairs = append(pairs, detect.Pair{Before: old, After: o})
		}
	}
	if len(pairs) > 0 && d.saidDropped(old.Address) {
		return nil
	}
	return pairs
}
