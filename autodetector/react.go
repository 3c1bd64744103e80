package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// react is the second round: detectors are shown the operations of others that
// they observe, and their second answer counts. There is no third one: what is
// observed must not depend on it.
func (w *work) react(ctx context.Context) error {
	for i := range w.observed {
		if w.observed[i] = shown(w.seenBy(i)); len(w.observed[i]) > 0 {
			w.asked[i] = true
		}
	}
	if err := w.settle(ctx); err != nil || w.diagnostics.HasErrors() {
		return err
	}
	for i, before := range w.observed {
		if op, ok := unseen(before, w.seenBy(i)); ok {
			w.reportChain(i, op)
		}
	}
	return nil
}

// A sight is an operation of another detector that one observes.
type sight struct {
	*operation.Operation
	detector string
}

// seenBy returns the operations of others that a detector observes, in a fixed order.
func (w *work) seenBy(observer int) []sight {
	kinds := w.owners.detectors[observer].Manifest().Observes
	if len(kinds) == 0 {
		return nil
	}
	var seen []sight
	for i, result := range w.results {
		name := w.owners.detectors[i].Manifest().Name
		for at := range result.Operations {
			if op := &result.Operations[at]; i != observer && slices.Contains(kinds, op.Kind) {
				seen = append(seen, sight{op, name})
			}
		}
	}
	slices.SortStableFunc(seen, func(a, b sight) int { return compareSights(a.Operation, b.Operation) })
	return seen
}

// compareSights compares texts only where nothing else tells two apart: most
// operations are told apart by their target.
func compareSights(a, b *operation.Operation) int {
	if c := cmp.Or(address.Compare(a.Target, b.Target), cmp.Compare(a.Kind, b.Kind)); c != 0 {
		return c
	}
	return compareTexts(a, b)
}

// compareTexts orders operations of one kind on one target.
func compareTexts(a, b *operation.Operation) int {
	if c := cmp.Compare(a.Summary, b.Summary); c != 0 {
		return c
	}
	return cmp.Or(compareStatements(a.Up, b.Up), compareStatements(a.Down, b.Down))
}

func compareStatements(a, b []operation.Statement) int {
	return slices.CompareFunc(a, b, func(a, b operation.Statement) int { return cmp.Compare(a.Text(), b.Text()) })
}

// shown returns the operations as their observer gets them, with whose they are.
func shown(seen []sight) []operation.Operation {
	all := make([]operation.Operation, len(seen))
	for i, s := range seen {
		all[i] = *s.Operation
		all[i].Detector = s.detector
	}
	return all
}

// unseen returns an operation that is in one of two sorted lists only.
func unseen(before []operation.Operation, now []sight) (operation.Operation, bool) {
	for i := range max(len(before), len(now)) {
		switch {
		case i >= len(now):
			return before[i], true
		case i >= len(before) || compareSights(&before[i], now[i].Operation) != 0:
			return shown(now[i : i+1])[0], true
		}
	}
	return operation.Operation{}, false
}

func (w *work) reportChain(observer int, op operation.Operation) {
	name := w.owners.detectors[observer].Manifest().Name
	w.report(diag.Diagnostic{
		Code:    "WH2107",
		Summary: fmt.Sprintf("plugin %q observes %s of %q, which is a reaction itself", name, op.Kind, op.Detector),
		Detail: fmt.Sprintf("Operations are shown once to those who observe them, and %s on %s depends on what came of that. "+
			"With more rounds two plugins could answer each other for ever.", op.Kind, op.Target),
		Next:  fmt.Sprintf("take plugin %q or %q out of whimbrel.hcl, or make the change in two steps", name, op.Detector),
		Range: w.in.Declaration.Places[op.Target], Address: op.Target.String(),
	})
}

// reactions: an operation without edits comes after those on its target that its
// detector observes, or before them if one of its needs says so.
func (e *edges) reactions(i int) {
	op := e.operations[i]
	if len(op.Edits) > 0 {
		return
	}
	kinds := e.owners.observes(op.Detector)
	first := slices.ContainsFunc(op.Needs, func(n operation.Need) bool { return n.Before && n.Object == op.Target })
	for _, j := range e.at[op.Target] {
		other := e.operations[j]
		switch {
		case other.Detector == op.Detector || !slices.Contains(kinds, other.Kind):
		case first:
			e.before(i, j, false, "it asks for that")
		default:
			e.before(j, i, false, "it reacts to it")
		}
	}
}

// observes returns the kinds of operations that a detector reacts to.
func (o owners) observes(detector string) []string {
	for _, d := range o.detectors {
		if m := d.Manifest(); m.Name == detector {
			return m.Observes
		}
	}
	return nil
}
