package conformance

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// many has the detector make the objects of a large project: the first models,
// over and over under other names. It is worth a note if that takes long. A tenth
// of it is tried first: where that takes too long, the whole would take for ever.
func (t *trial) many(ctx context.Context, stages []stage) {
	if len(stages) < 3 || ctx.Err() != nil {
		t.skip("there are no models", manyCheck)
		return
	}
	for _, part := range []int{10, 1} {
		count := max(t.Many/part, 1)
		to, err := t.multiplied(stages[1].declared.State, count)
		if err != nil {
			t.skip(err.Error(), manyCheck)
			return
		}
		if !t.measure(ctx, to, count, t.Budget/time.Duration(part)) {
			return
		}
	}
}

// measure makes one call, gives it up when it has taken too long, and reports
// whether there is nothing to say about it.
func (t *trial) measure(ctx context.Context, to *state.State, models int, limit time.Duration) bool {
	pass := detect.Pass{From: state.New(), To: to, Config: t.Config}
	for o := range to.All() {
		if t.owns(o.Address.Kind()) {
			pass.Changes = append(pass.Changes, detect.Change{Change: state.Change{After: o}})
		}
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	done := make(chan error, 1)
	go func() {
		_, err := t.Detector.Detect(limited, pass)
		done <- err
	}()
	select {
	case <-limited.Done():
		t.note(manyCheck, "a pass over %d models with %d objects takes more than %s", models, len(pass.Changes), limit)
		return false
	case err := <-done:
		if err != nil && limited.Err() == nil {
			t.wrong(manyCheck, "%d models: %v", models, err)
			return false
		}
	}
	runtime.ReadMemStats(&after)
	used := (after.TotalAlloc - before.TotalAlloc) >> 20
	if used > tooMuch {
		t.note(manyCheck, "a pass over %d models with %d objects takes %d MiB", models, len(pass.Changes), used)
	}
	return used <= tooMuch
}

// tooMuch is how much memory, in MiB, a pass over a large project may take
// altogether without a note.
const tooMuch = 4096

// multiplied returns a state with so many models and blocks of the detector, copies
// of those of another.
func (t *trial) multiplied(s *state.State, count int) (*state.State, error) {
	var units []address.Address
	for o := range s.All() {
		if o.Address.Kind() == model.ModelKind && o.Parent.IsZero() || t.isBlock(o) {
			units = append(units, o.Address)
		}
	}
	if len(units) == 0 {
		return nil, fmt.Errorf("there are no models")
	}
	var objects []*state.Object
	for i := range (count + len(units) - 1) / len(units) {
		var renames []state.Rename
		for _, unit := range units {
			names := unit.Names()
			names[len(names)-1] = fmt.Sprintf("%s_%d", names[len(names)-1], i)
			renames = append(renames, state.Rename{From: unit, To: address.New(unit.Kind(), names...)})
		}
		copied, err := s.Apply(state.Edit{Rename: renames})
		if err != nil {
			return nil, err
		}
		for o := range copied.Unordered() {
			objects = append(objects, o)
		}
	}
	return state.New(objects...), nil
}
