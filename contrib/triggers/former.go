package triggers

import "github.com/whimbreldb/whimbrel/core/state"

// A former stands for constraint triggers as they were made before the rendering
// of today. Migrations that are written drop them, on the way back, by the names
// that their triggers and functions had. So what takes them out and puts them back
// makes the same ones, and no others.
type former struct {
	atOnce bool // they are checked before the end of the transaction
}

// readFormer returns nil for an object of today.
func readFormer(o *state.Object) *former {
	if o.Rendering >= constraintRendering {
		return nil
	}
	return &former{}
}

// formerParent watches a table at the other end of a foreign key as if no row of
// it could take the place of another one.
func (w *watcher) formerParent() {
	if w.former.atOnce {
		w.add("i", "INSERT", newRow, "")
	}
	w.updates()
}
