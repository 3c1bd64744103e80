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
// for one another or where an operation has to be committed before what needs it.
func (r *run) split(context.Context) error {
	s := &splitter{run: r, step: make([]int, len(r.operations)), preds: make([][]int, len(r.operations))}
	for i := range s.step {
		s.step[i] = pending
	}
	for _, l := range r.links {
		s.preds[l.To] = append(s.preds[l.To], l.From)
	}
	for next := s.firstPending(); next != pending; next = s.firstPending() {
		s.cut(s.appOf(r.operations[next]))
	}
	return nil
}

const pending = -1

type splitter struct {
	*run
	step  []int // operation -> its step
	preds [][]int
}

func (s *splitter) firstPending() int { return slices.Index(s.step, pending) }

// cut makes a step of all pending operations of an app that wait for nothing
// outside of it.
func (s *splitter) cut(app string) {
	number := len(s.plan.Steps)
	step := Step{App: app}
	after, reads := map[int]bool{}, map[string]bool{}
	for i, op := range s.operations {
		if s.step[i] != pending || s.appOf(op) != app || !s.ready(i, number) {
			continue
		}
		s.step[i] = number
		step.Operations = append(step.Operations, op)
		s.noteEarlier(i, number, after)
		s.noteReads(op, app, reads)
	}
	step.After = slices.Sorted(maps.Keys(after))
	step.Reads = slices.Sorted(maps.Keys(reads))
	s.plan.Steps = append(s.plan.Steps, step)
}

// ready reports whether an operation can be in a step: all that it waits for is
// in earlier steps, or in this one and need not be committed first.
func (s *splitter) ready(i, number int) bool {
	for _, p := range s.preds[i] {
		if s.step[p] == pending {
			return false
		}
		if s.step[p] == number && s.operations[p].Transaction == operation.Committed {
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
