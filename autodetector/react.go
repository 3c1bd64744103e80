package autodetector

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// react is the second round: detectors are shown the operations of others that
// they observe, and their second answer counts. There is no third one: what is
// observed must not depend on it.
func (w *work) react(ctx context.Context) error {
	for i := range w.observed {
		if w.observed[i] = w.seenBy(i); len(w.observed[i]) > 0 {
			w.asked[i] = true
		}
	}
	if err := w.settle(ctx); err != nil || w.diagnostics.HasErrors() {
		return err
	}
	for i, shown := range w.observed {
		if op, ok := unseen(shown, w.seenBy(i)); ok {
			w.reportChain(i, op)
		}
	}
	return nil
}

// seenBy returns the operations of others that a detector observes, in a fixed order.
func (w *work) seenBy(observer int) []operation.Operation {
	kinds := w.owners.detectors[observer].Manifest().Observes
	if len(kinds) == 0 {
		return nil
	}
	var seen []operation.Operation
	for i, result := range w.results {
		for _, op := range result.Operations {
			if i != observer && slices.Contains(kinds, op.Kind) {
				op.Detector = w.owners.detectors[i].Manifest().Name
				seen = append(seen, op)
			}
		}
	}
	slices.SortStableFunc(seen, func(a, b operation.Operation) int {
		return cmp.Or(address.Compare(a.Target, b.Target), cmp.Compare(a.Kind, b.Kind), compareTexts(a, b))
	})
	return seen
}

// compareTexts orders operations of one kind on one target.
func compareTexts(a, b operation.Operation) int {
	return cmp.Or(cmp.Compare(a.Summary, b.Summary), cmp.Compare(joined(a.Up), joined(b.Up)), cmp.Compare(joined(a.Down), joined(b.Down)))
}

func joined(statements []operation.Statement) string {
	var b strings.Builder
	for _, statement := range statements {
		b.WriteString(statement.Text() + ";")
	}
	return b.String()
}

// unseen returns an operation that is in one of two sorted lists only.
func unseen(shown, now []operation.Operation) (operation.Operation, bool) {
	for i := range max(len(shown), len(now)) {
		switch {
		case i >= len(now):
			return shown[i], true
		case i >= len(shown):
			return now[i], true
		case shown[i].Target != now[i].Target || shown[i].Kind != now[i].Kind || compareTexts(shown[i], now[i]) != 0:
			return now[i], true
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
