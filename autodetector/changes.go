package autodetector

import "github.com/whimbreldb/whimbrel/core/state"

// differences are the objects that differ between two states. Several steps ask for
// them, and a rename makes others of them.
type differences struct {
	from, to *state.State
	changes  []state.Change
}

// changes returns the objects that differ, in the order of their addresses, as the
// renames made so far leave them. Nobody may change the list.
func (r *run) changes() []state.Change {
	if r.differ.from != r.from || r.differ.to != r.to {
		r.differ = differences{from: r.from, to: r.to, changes: state.Diff(r.from, r.to)}
	}
	return r.differ.changes
}
