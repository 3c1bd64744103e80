package autodetector

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// detect asks every detector for the operations of its changes. What an
// operation touches makes more changes, the replacements of its dependents, and
// answers make questions go, so detectors are asked again until nothing is new.
// Those that observe others are then asked once more; see react.go.
func (r *run) detect(ctx context.Context) error {
	r.said = len(r.diagnostics)
	w := &work{
		run: r, results: make([]detect.Result, len(r.owners.detectors)),
		changes:  make([]map[address.Address]detect.Change, len(r.owners.detectors)),
		replaced: map[address.Address]bool{},
		observed: make([][]operation.Operation, len(r.owners.detectors)), facts: r.facts,
	}
	w.targets = renameTargets(r.renameOps)
	w.collect()
	if r.diagnostics.HasErrors() {
		return nil
	}
	err := w.settle(ctx)
	if err == nil && !r.diagnostics.HasErrors() {
		err = w.react(ctx)
	}
	if err == nil && IsOpen(r.diagnostics) {
		err = w.reportIdle(ctx)
	}
	if err != nil || r.diagnostics.HasErrors() {
		return err
	}
	w.finish()
	r.answered = w.answers
	return nil
}

// settle asks until nothing is new.
func (w *work) settle(ctx context.Context) error {
	for len(w.asked) > 0 {
		if err := w.ask(ctx); err != nil || w.diagnostics.HasErrors() {
			return err
		}
		w.replaceDependents()
		w.publish()
		if len(w.asked) == 0 {
			if err := w.answer(ctx); err != nil || w.diagnostics.HasErrors() {
				return err
			}
		}
	}
	return nil
}

type work struct {
	*run
	changes  []map[address.Address]detect.Change // by detector
	observed [][]operation.Operation             // by detector; none in the first round
	results  []detect.Result                     // by detector
	asked    map[int]bool                        // detectors that have to be asked
	replaced map[address.Address]bool            // true: it must go
	targets  map[address.Address]bool            // of renames
	facts    []detect.Fact                       // the run's, the answers and what detectors state
	answers  []detect.Fact
}

// collect gives every change to the owner of its kind.
func (w *work) collect() {
	w.asked = map[int]bool{}
	changes := w.run.changes()
	for _, c := range changes {
		w.fits(c.Before)
		w.add(detect.Change{Change: c})
	}
	for _, c := range changes {
		if c.After == nil {
			w.replaceUnchanged(c.Before.Address)
		}
	}
	for o := range w.to.Unordered() {
		if w.siblingsDiffer(o) || w.relabelled(o) {
			w.replace(o.Address, false)
		}
	}
	for a := range w.torn {
		w.replace(a, true)
	}
}

// replaceUnchanged replaces what refers to a dropped object without showing it
// in its attributes.
func (w *work) replaceUnchanged(dropped address.Address) {
	for _, user := range w.from.Dependents(dropped) {
		if after := w.to.Get(user.Address); after != nil && state.Same(user, after) {
			w.replace(user.Address, false)
		}
	}
}

// siblingsDiffer reports whether an object that depends on its siblings has
// others than it had, or a parent of another name.
func (w *work) siblingsDiffer(o *state.Object) bool {
	before := w.from.Get(o.Address)
	if before == nil || len(w.owners.kinds[o.Address.Kind()].Siblings) == 0 {
		return false
	}
	was, is := targets(before), targets(o)
	if len(was) != len(is) || w.renamed(o.Parent) {
		return true
	}
	for a := range was {
		if !is[a] {
			return true
		}
	}
	return false
}

// renamed reports whether an object was renamed itself, not only what it is part of.
func (w *work) renamed(a address.Address) bool { return w.targets[a] }

func (w *work) add(c detect.Change) {
	kind := c.Address().Kind()
	owner, ok := w.owners.byKind[kind]
	if !ok {
		w.orphan(c)
		return
	}
	w.note(owner, c)
}

// note gives a change to a detector, in the place of an earlier one.
func (w *work) note(owner int, c detect.Change) {
	if w.changes[owner] == nil {
		w.changes[owner] = map[address.Address]detect.Change{}
	}
	w.changes[owner][c.Address()] = c
	w.asked[owner] = true
}

// changesOf returns the changes of a detector, by address.
func (w *work) changesOf(owner int) []detect.Change {
	list := make([]detect.Change, 0, len(w.changes[owner]))
	for _, a := range sortedKeys(w.changes[owner]) {
		list = append(list, w.changes[owner][a])
	}
	return list
}

// ask runs the detectors that have something new to answer.
func (w *work) ask(ctx context.Context) error {
	asked := w.asked
	w.asked = map[int]bool{}
	errs := make([]error, len(w.owners.detectors))
	done := make(chan int)
	for i := range asked {
		go func() {
			w.results[i], errs[i] = w.pass(ctx, w.owners.detectors[i], w.changesOf(i), w.observed[i], w.facts)
			done <- i
		}()
	}
	for range asked {
		<-done
	}
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("detector %q: %w", w.owners.detectors[i].Manifest().Name, err)
		}
	}
	for i := range w.owners.detectors {
		if asked[i] {
			w.diagnostics = append(w.diagnostics, w.placed(w.results[i].Diagnostics)...)
		}
	}
	return nil
}

// publish gathers what detectors have stated. A detector whose facts are others
// than before is asked again; as facts form no ring, that ends.
func (w *work) publish() {
	facts := append(slices.Clone(w.run.facts), w.answers...)
	for _, result := range w.results {
		facts = append(facts, result.Facts...)
	}
	for i, d := range w.owners.detectors {
		same := slices.EqualFunc(consumed(d.Manifest(), w.facts), consumed(d.Manifest(), facts), sameFact)
		if !same && len(w.changes[i])+len(w.observed[i]) > 0 {
			w.asked[i] = true
		}
	}
	w.facts = facts
}

func sameFact(a, b detect.Fact) bool {
	return a.Name == b.Name && a.Subject == b.Subject && bytes.Equal(a.Value, b.Value)
}

// placed adds the source place to diagnostics that name an object only.
func (r *run) placed(list diag.List) diag.List {
	placed := slices.Clone(list)
	for i, d := range placed {
		if a, err := address.Parse(d.Address); err == nil && d.Range.IsZero() {
			placed[i].Range = r.in.Declaration.Places[a]
		}
	}
	return placed
}

// finish collects the operations.
func (w *work) finish() {
	for i, result := range w.results {
		name := w.owners.detectors[i].Manifest().Name
		for _, op := range result.Operations {
			op.Detector, op.Edits = name, w.withReadings(op.Edits)
			w.operations = append(w.operations, op)
		}
	}
}
