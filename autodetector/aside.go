package autodetector

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/graph"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// givesUpName is why an operation comes before one that takes a name from it.
const givesUpName = "it gives up the name that the other one takes"

// setAside breaks a ring of operations that take names from one another: one of
// them first moves to a name that nobody has. It reports whether it could.
func (r *run) setAside(cycle []graph.Edge) bool {
	for _, e := range cycle {
		op := r.operations[e.From]
		if e.Why != givesUpName || op.Aside == nil {
			continue
		}
		first := operation.Operation{
			Kind: op.Kind + asideSuffix, Target: op.Target, Detector: op.Detector,
			Summary: "set aside " + op.Target.String(), Frees: op.Frees, Up: op.Aside.Up, Down: op.Aside.Down,
		}
		op.Up, op.Down, op.Frees, op.Aside = op.Aside.RestUp, op.Aside.RestDown, nil, nil
		r.operations[e.From] = op
		r.operations = append(r.operations, first)
		return true
	}
	return false
}

const asideSuffix = "_aside"

// asides: the first half of an operation comes before the second, and after all
// that the whole would come after but for the names. It needs nothing that the whole
// will refer to, so that is a wish here.
func (e *edges) asides() {
	for i, first := range e.operations {
		if !strings.HasSuffix(first.Kind, asideSuffix) {
			continue
		}
		rest := slices.IndexFunc(e.operations, func(op operation.Operation) bool {
			return op.Target == first.Target && op.Kind+asideSuffix == first.Kind
		})
		if rest < 0 {
			continue
		}
		for _, l := range slices.Clone(e.links) {
			if l.To == rest && l.Why != givesUpName {
				e.add(link{From: l.From, To: i, Soft: l.Soft || e.makesTarget(l.From, rest), Firm: l.Firm, Why: l.Why})
			}
		}
		e.before(i, rest, false, "it moves out of the way first")
	}
}

// makesTarget reports whether an operation makes what an object that another one alters
// will refer to.
func (e *edges) makesTarget(maker, alters int) bool {
	for _, edit := range e.operations[alters].Edits {
		if edit.Put != nil && slices.ContainsFunc(references(edit.Put), func(target address.Address) bool {
			return slices.Contains(e.creates(target), maker)
		}) {
			return true
		}
	}
	return false
}
