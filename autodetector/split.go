package autodetector

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// split cuts the operations into migrations: one per app, more where apps wait
// for one another, where an operation has to be committed before what needs it, or where
// one that takes its time must not be in a transaction with one that others wait for. Of
// the two ways to begin the one is taken that needs fewer migrations.
func (r *run) split(context.Context) error {
	loud, quiet := r.cutting(false), r.cutting(true)
	if len(quiet) < len(loud) {
		loud = quiet
	}
	r.plan.Steps = loud
	return nil
}

// cutting returns the migrations, those of quiet operations first where there is a
// choice, or those of the others.
func (r *run) cutting(quiet bool) []Step {
	s := &splitter{run: r, quietFirst: quiet, step: make([]int, len(r.operations)), preds: make([][]int, len(r.operations))}
	for i := range s.step {
		s.step[i] = pending
	}
	for _, l := range r.links {
		s.preds[l.To] = append(s.preds[l.To], l.From)
	}
	for next := s.firstPending(); next != pending; next = s.firstPending() {
		app := s.appOf(r.operations[next])
		s.cut(app, s.begins(app))
	}
	return s.steps
}

const pending = -1

type splitter struct {
	*run
	quietFirst bool
	steps      []Step
	step       []int // operation -> its step
	preds      [][]int
}

func (s *splitter) firstPending() int { return slices.Index(s.step, pending) }

// begins reports whether the next step of an app is one of quiet operations.
func (s *splitter) begins(app string) bool {
	number := len(s.steps)
	for i, op := range s.operations {
		if s.step[i] == pending && s.appOf(op) == app && !fitsAny(op) && op.Quiet() == s.quietFirst && s.ready(i, number) {
			return s.quietFirst
		}
	}
	return !s.quietFirst
}

// cut makes a step of all pending operations of an app that wait for nothing
// outside of it, of the quiet ones or of the others.
func (s *splitter) cut(app string, quiet bool) {
	number := len(s.steps)
	step := Step{App: app}
	after, reads := map[int]bool{}, map[string]bool{}
	for i, op := range s.operations {
		if s.step[i] != pending || s.appOf(op) != app || !s.fits(i, quiet, number) || !s.ready(i, number) {
			continue
		}
		s.step[i] = number
		step.Operations = append(step.Operations, op)
		s.noteEarlier(i, number, after)
		s.noteReads(op, app, reads)
	}
	step.After = slices.Sorted(maps.Keys(after))
	step.Reads = slices.Sorted(maps.Keys(reads))
	s.steps = append(s.steps, step)
}

// fits reports whether an operation can be in a step of quiet ones, or of the others.
func (s *splitter) fits(i int, quiet bool, number int) bool {
	op := s.operations[i]
	return op.Quiet() == quiet || fitsAny(op) || s.joins(i, number)
}

// fitsAny reports whether an operation can be in any step: forth it runs nothing, and on
// the way back it is in no transaction with others.
func fitsAny(op operation.Operation) bool {
	return len(op.Up) == 0 && (len(op.Down) == 0 || op.Transaction == operation.Outside)
}

// joins reports whether an operation makes use of another one that is in a step.
func (s *splitter) joins(i, number int) bool {
	before := func(p int) bool { return s.step[p] == number }
	return s.operations[i].Joined && slices.ContainsFunc(s.preds[i], before)
}

// ready reports whether an operation can be in a step: all that it waits for is
// in earlier steps, or in this one and need not be committed first.
func (s *splitter) ready(i, number int) bool {
	for _, p := range s.preds[i] {
		if s.step[p] == pending {
			return false
		}
		if s.step[p] == number && s.operations[p].Transaction == operation.Committed && !s.operations[i].Joined {
			return false
		}
	}
	return true
}

// noteEarlier notes the earlier steps that an operation waits for.
func (s *splitter) noteEarlier(i, number int, after map[int]bool) {
	for _, p := range s.preds[i] {
		if s.step[p] != number {
			after[s.step[p]] = true
		}
	}
}

// noteReads notes the other apps whose objects an operation refers to.
func (s *splitter) noteReads(op operation.Operation, app string, reads map[string]bool) {
	for _, edit := range op.Edits {
		for _, target := range references(cmp.Or(edit.Put, s.from.Get(edit.Drop))) {
			if o := s.original.Get(target); o != nil && o.App != app && o.App != "" {
				reads[o.App] = true
			}
		}
	}
}

// appOf returns the app whose migrations carry an operation.
func (s *splitter) appOf(op operation.Operation) string {
	for _, edit := range op.Edits {
		if app := editApp(s.from, edit); app != "" {
			return app
		}
	}
	if o := cmp.Or(s.to.Get(op.Target), s.from.Get(op.Target)); o != nil {
		return o.App
	}
	return op.Target.App()
}

func editApp(from *state.State, edit state.Edit) string {
	if edit.Put != nil {
		return edit.Put.App
	}
	if len(edit.Rename) > 0 {
		return renamedIn(from, edit.Rename[0])
	}
	if o := from.Get(edit.Drop); o != nil {
		return o.App
	}
	return ""
}

// renamedIn returns the app whose migrations carry a rename: that of the old name,
// or of what belongs to no app the one that has written it. From is the state with
// the renames.
func renamedIn(from *state.State, r state.Rename) string {
	if len(r.From.Names()) == 1 {
		if o := cmp.Or(from.Get(r.To), from.Get(r.From)); o != nil && o.App != "" {
			return o.App
		}
	}
	return r.From.App()
}
