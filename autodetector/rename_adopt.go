package autodetector

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/state"
)

// adopt makes the renames between objects that stand by themselves and objects
// that are part of another one, where both are the same thing in the database:
// the join model of a many_to_many that somebody has written out by now, or
// writes no longer.
func (d *renamer) adopt() error {
	var removed, added []*state.Object
	for _, c := range state.Diff(d.from, d.to) {
		switch {
		case c.After == nil:
			removed = append(removed, c.Before)
		case c.Before == nil:
			added = append(added, c.After)
		}
	}
	var renames []state.Rename
	for _, old := range removed {
		if i := slices.IndexFunc(added, func(o *state.Object) bool { return d.adopts(old, o) }); i >= 0 {
			renames = append(renames, state.Rename{From: old.Address, To: added[i].Address})
			added = slices.Delete(added, i, i+1)
		}
	}
	return d.apply(renames)
}

func (d *renamer) adopts(old, o *state.Object) bool {
	return old.Address.Kind() == o.Address.Kind() && old.App == o.App && old.Parent.IsZero() != o.Parent.IsZero() &&
		!d.saidDropped(old.Address) && d.in.Match(old, o, d.from, d.to) == Equal
}
