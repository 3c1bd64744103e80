package autodetector

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// replace marks an object that is in both states to be dropped and made again. One
// that must go is asked about again even if it was to be replaced already: its owner
// may have let it stay where it is.
func (w *work) replace(a address.Address, mustGo bool) {
	before, after := w.from.Get(a), w.to.Get(a)
	known, there := w.replaced[a]
	if before == nil || after == nil || there && (known || !mustGo) {
		return
	}
	w.replaced[a] = mustGo
	c := detect.Change{Change: state.Change{Before: before, After: after}, Replace: true, MustGo: mustGo}
	owner, ok := w.owners.byKind[a.Kind()]
	if !ok {
		w.orphan(c)
		return
	}
	w.note(owner, c)
}

// replaceDependents marks the dependents of everything that is touched, or
// dropped to be made again. An owner can answer a replacement in place, as by
// CREATE OR REPLACE; then nobody else has to make way.
func (w *work) replaceDependents() {
	dropped := w.dropped()
	for _, result := range w.results {
		for _, op := range result.Operations {
			for _, touch := range op.Touches {
				w.replaceUsers(touch.Object, touch.Aspects, dropped[touch.Object])
			}
		}
	}
	for _, a := range sortedKeys(w.replaced) {
		if dropped[a] {
			w.replaceAround(a)
		}
	}
}

// dropped returns what operations drop.
func (w *work) dropped() map[address.Address]bool {
	dropped := map[address.Address]bool{}
	for _, result := range w.results {
		for _, op := range result.Operations {
			for _, edit := range op.Edits {
				dropped[edit.Drop] = true
			}
		}
	}
	return dropped
}

// replaceAround marks what cannot be there while an object is away.
func (w *work) replaceAround(a address.Address) {
	w.replaceUsers(a, ^state.Aspects(0), true)
	for _, child := range w.from.Children(a) {
		w.replace(child.Address, true)
	}
}

func (w *work) replaceUsers(a address.Address, aspects state.Aspects, mustGo bool) {
	for _, user := range w.users(a, aspects) {
		w.replace(user.Address, mustGo)
	}
}
