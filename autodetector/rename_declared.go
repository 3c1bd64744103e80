package autodetector

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// declared returns the renames of renamed_from of a kind that are to be made. One whose
// old name is nothing in the old state says nothing, and one that the history has made
// is spent. All others are made, also where both names are there before and after, as
// long as what has the old name now is something else than before: another one has
// taken the name over, as in a ring, or it is another object by now.
// Flags, which have taken some names, come before.
func (d *renamer) declared(depth int, kind string, taken map[address.Address]bool) []state.Rename {
	open := slices.DeleteFunc(d.open(depth, kind), func(r state.Rename) bool {
		return taken[r.From] || taken[r.To] || d.saidDropped(r.From)
	})
	var found []state.Rename
	first := map[address.Address]state.Rename{} // by the old name
	for _, r := range open {
		other, second := first[r.From]
		switch {
		case second:
			d.reportShared(other, r)
		case d.stays(r.From, open):
			d.reportStaying(r)
		default:
			found = append(found, r)
		}
		first[r.From] = cmp.Or(other, r)
	}
	return found
}

// open returns the renames of a kind that may be made, in the order of the source,
// from the addresses that the old objects have after the renames so far.
func (d *renamer) open(depth int, kind string) []state.Rename {
	var found []state.Rename
	for _, r := range d.in.Declaration.Renamed {
		if len(r.To.Names()) != depth || r.To.Kind() != kind || d.spent(r) {
			continue
		}
		r.From = d.now(r.From)
		old, now := d.from.Get(r.From), d.to.Get(r.To)
		if old != nil && now != nil && r.From != r.To && old.Parent == now.Parent {
			found = append(found, r)
		}
	}
	slices.SortStableFunc(found, func(a, b state.Rename) int { return d.compareSource(a.To, b.To) })
	return slices.CompactFunc(found, func(a, b state.Rename) bool { return a.To == b.To })
}

// compareSource puts what is declared earlier first.
func (d *renamer) compareSource(a, b address.Address) int {
	x, y := d.in.Declaration.Places[a], d.in.Declaration.Places[b]
	return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Start.Line, y.Start.Line), address.Compare(a, b))
}

// spent reports whether the last rename into a name, in the history, was that one. Of
// a part, its own name counts: that of what it is part of may have changed since.
func (r *run) spent(declared state.Rename) bool {
	was, renamed := r.past[r.before(declared.To)]
	if len(declared.To.Names()) > 2 {
		return renamed && was.Name() == declared.From.Name()
	}
	return renamed && was == declared.From
}

// stays reports whether what has an old name is what had it, and nothing that may be
// renamed takes the name over.
func (d *renamer) stays(a address.Address, open []state.Rename) bool {
	taken := slices.ContainsFunc(open, func(r state.Rename) bool { return r.To == a })
	return !taken && d.untouched(a)
}

// untouched reports whether an object is as it was, with all that is part of it.
func (d *renamer) untouched(a address.Address) bool {
	was, is := d.from.Get(a), d.to.Get(a)
	if was == nil || is == nil || !state.Same(was, is) {
		return false
	}
	parts := d.from.Children(a)
	for _, part := range parts {
		if !d.untouched(part.Address) {
			return false
		}
	}
	return len(parts) == len(d.to.Children(a))
}

// declaresRename reports whether renamed_from asks for a rename between names that
// are both there, so that no difference has to lead to it.
func (r *run) declaresRename() bool {
	return slices.ContainsFunc(r.in.Declaration.Renamed, func(declared state.Rename) bool {
		return r.from.Has(declared.From) && r.from.Has(declared.To) && !r.spent(declared)
	})
}

func (d *renamer) reportStaying(r state.Rename) {
	d.report(diag.Diagnostic{
		Code:    "WH2005",
		Summary: fmt.Sprintf("%s says that it was %s, which is still there, as it was", r.To, r.From.Name()),
		Detail:  fmt.Sprintf("%s is at %s. The migrations know it by that name, and nothing else takes the name.", r.From, d.in.Declaration.Places[r.From]),
		Next:    fmt.Sprintf("take %s out of the models, or take renamed_from out", r.From.Name()),
		Range:   d.in.Declaration.Places[r.To],
		Address: r.To.String(),
	})
}

func (d *renamer) reportShared(first, second state.Rename) {
	d.report(diag.Diagnostic{
		Code:    "WH2006",
		Summary: fmt.Sprintf("%s says that it was %s, and so does %s", second.To, second.From.Name(), first.To.Name()),
		Detail:  fmt.Sprintf("%s is at %s. One can become one only: the other one is new.", first.To, d.in.Declaration.Places[first.To]),
		Next:    "take renamed_from out of the one that is new",
		Range:   d.in.Declaration.Places[second.To],
		Address: second.To.String(),
	})
}
