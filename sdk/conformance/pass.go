package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A recorder is a detector that keeps what it is asked.
type recorder struct {
	detect.Detector
	mu     sync.Mutex
	passes []detect.Pass
	took   []time.Duration
}

// Unwrap returns the detector, which may be able to do more.
func (r *recorder) Unwrap() detect.Detector { return r.Detector }

// Detect asks the detector.
func (r *recorder) Detect(ctx context.Context, pass detect.Pass) (detect.Result, error) {
	began := time.Now()
	result, err := r.Detector.Detect(ctx, pass)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.passes, r.took = append(r.passes, pass), append(r.took, time.Since(began))
	return result, err
}

// pass checks the answers to one pass.
func (t *trial) pass(ctx context.Context, way string, pass detect.Pass, of func(string) string) {
	first, err := t.Detector.Detect(ctx, pass)
	if err != nil {
		return // the plan has failed for that
	}
	for _, found := range detect.Check(t.Detector.Manifest(), pass, first) {
		t.wrongOn(of(ownershipCheck), way, "it "+strings.TrimPrefix(found.Summary, fmt.Sprintf("plugin %q ", t.Detector.Manifest().Name)))
	}
	whole := canonical(first)
	for seed := range uint64(3) {
		again, err := t.Detector.Detect(ctx, shuffled(pass, seed))
		if err != nil || canonical(again) != whole {
			t.wrongOn(of(determinismCheck), way, fmt.Sprintf("it answers in another way when its changes come in another order%s", but(err)))
			return
		}
	}
	t.batches(ctx, way, pass, whole, of(batchCheck))
	pass.Changes, pass.Observed = nil, nil
	if idle, err := t.Detector.Detect(ctx, pass); err != nil || len(idle.Operations) > 0 {
		t.wrongOn(of(nothingCheck), way, fmt.Sprintf("without changes it answers with %d operations%s", len(idle.Operations), but(err)))
	}
}

// shuffled returns a pass with its parts in another order, in new states.
func shuffled(pass detect.Pass, seed uint64) detect.Pass {
	random := rand.New(rand.NewPCG(seed, 1))
	pass.Changes, pass.Observed = shuffledList(pass.Changes, random), shuffledList(pass.Observed, random)
	pass.From, pass.To = rebuilt(pass.From, random), rebuilt(pass.To, random)
	return pass
}

func shuffledList[T any](list []T, random *rand.Rand) []T {
	list = slices.Clone(list)
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func rebuilt(s *state.State, random *rand.Rand) *state.State {
	return state.New(shuffledList(slices.Collect(s.All()), random)...)
}

// canonical returns a result as text in which the order of its parts does not show.
func canonical(result detect.Result) string {
	var lines []string
	for _, op := range result.Operations {
		op.Edits = unread(op.Edits)
		lines = append(lines, encoded(op))
	}
	for _, fact := range result.Facts {
		lines = append(lines, encoded(fact))
	}
	for _, question := range result.Questions {
		lines = append(lines, encoded(question))
	}
	for _, d := range result.Diagnostics {
		lines = append(lines, encoded(d))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// unread returns edits without what texts in SQL were read as: detectors know
// nothing of it, and some keep it.
func unread(edits []state.Edit) []state.Edit {
	var list []state.Edit
	for _, edit := range edits {
		if edit.Put != nil && len(edit.Put.Readings) > 0 {
			put := *edit.Put
			put.Readings = nil
			edit.Put = &put
		}
		list = append(list, edit)
	}
	return list
}

func encoded(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
