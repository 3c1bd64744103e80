package autodetector

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// rings returns the exchanges of names at a depth that renamed_from declares: each
// object says that it had the name of the next one. As all the names are there
// before and after, only what the objects are can tell whether that has been done:
// it has not if each is what its old name was, and some are not what they were.
func (d *renamer) rings(depth int) []state.Rename {
	var found []state.Rename
	for _, ring := range ringsOf(d.in.Declaration.Renamed, d.exchangeable(depth)) {
		done, open := true, true
		for _, r := range ring {
			done = done && d.twin(r.To, r.To)
			open = open && d.twin(r.From, r.To)
		}
		switch {
		case open && !done:
			found = append(found, ring...)
		case open || !done:
			d.undecided[ring[0].To] = ring
		}
	}
	return found
}

// exchangeable returns the function that tells which renames can be part of an
// exchange: those of objects whose names are in both states.
func (d *renamer) exchangeable(depth int) func(state.Rename) bool {
	return func(r state.Rename) bool {
		from := d.from.Get(r.From)
		return len(r.To.Names()) == depth && d.now(r.From) == r.From && from != nil &&
			d.from.Has(r.To) && d.to.Has(r.From) && from.Parent == d.to.Get(r.To).Parent
	}
}

// ringsOf returns the rings that renames form, each beginning with the lowest of
// its new names.
func ringsOf(renames []state.Rename, can func(state.Rename) bool) [][]state.Rename {
	by := map[address.Address]state.Rename{}
	for _, r := range renames {
		if can(r) {
			by[r.To] = r
		}
	}
	var found [][]state.Rename
	for _, start := range sortedKeys(by) {
		var ring []state.Rename
		seen := map[address.Address]bool{}
		for r, ok := by[start]; ok && !seen[r.To]; r, ok = by[r.From] {
			seen[r.To] = true
			ring = append(ring, r)
		}
		if len(ring) > 1 && ring[len(ring)-1].From == start {
			found = append(found, ring)
			for _, r := range ring {
				delete(by, r.To)
			}
		}
	}
	return found
}

// declaresRing reports whether renamed_from declares an exchange of names.
func (r *run) declaresRing() bool {
	return len(ringsOf(r.in.Declaration.Renamed, func(state.Rename) bool { return true })) > 0
}

// reportUndecided warns of exchanges that nothing was done about.
func (d *renamer) reportUndecided() {
	for _, a := range sortedKeys(d.undecided) {
		if first := d.undecided[a][0].From; d.now(first) != first {
			continue // a flag has decided it
		}
		var names, flags []string
		for _, r := range d.undecided[a] {
			names = append(names, r.To.Name())
			flags = append(flags, "--rename "+flag(r.From.Path(), r.To.Name()))
		}
		slices.Sort(names)
		d.report(diag.Diagnostic{
			Severity: diag.Warning,
			Code:     "WH2005",
			Summary:  fmt.Sprintf("%s say by renamed_from that they exchange their names, which is not done", strings.Join(names, " and ")),
			Detail:   "All the names are in the migrations too, and by what the objects are nobody can tell whether it has been done.",
			Next:     "if it has not, run: whimbrel make " + strings.Join(flags, " ") + "\nthen take renamed_from out",
			Range:    d.in.Declaration.Places[a],
			Address:  a.String(),
		})
	}
}
