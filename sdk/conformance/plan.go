package conformance

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/whimbreldb/whimbrel/autodetector"
	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// through plans from each stage to each other one. Where a check is given, all problems are of it.
func (t *trial) through(ctx context.Context, stages []stage, check string) {
	of := func(own string) string {
		if check != "" {
			return check
		}
		return own
	}
	for i, from := range stages {
		for j, to := range stages {
			if (i != j || i == 0) && ctx.Err() == nil {
				t.step(ctx, from, to, of)
			}
		}
	}
}

// step checks one change from a state to another.
func (t *trial) step(ctx context.Context, from, to stage, of func(string) string) {
	recorder := &recorder{Detector: t.Detector}
	operations, why := t.plan(ctx, from, to, recorder)
	way := from.name + " to " + to.name
	for _, pass := range recorder.passes {
		t.pass(ctx, way, pass, of)
	}
	if why != "" {
		t.wrong(of(modelsCheck), "from %s: %s", way, why)
		return
	}
	if from.declared.State == to.declared.State && len(operations) > 0 {
		t.wrong(of(nothingCheck), "from %s: %d operations", way, len(operations))
	}
	t.leads(from, to, operations, of(convergenceCheck))
	for _, op := range operations {
		if op.Detector == t.Detector.Manifest().Name && len(op.Up) > 0 && len(op.Down) == 0 && op.Irreversible == "" {
			t.wrong(of(inverseCheck), "from %s: %s on %s has neither a way back nor a reason why not", way, op.Kind, op.Target)
		}
	}
}

// leads checks that the edits of a plan end in the wanted state.
func (t *trial) leads(from, to stage, operations []operation.Operation, check string) {
	at := from.declared.State
	for _, op := range operations {
		next, err := at.Apply(op.Edits...)
		if err != nil {
			t.wrong(check, "from %s to %s: %s: %v", from.name, to.name, op.Kind, err)
			return
		}
		at = next
	}
	for _, change := range state.Diff(at, to.declared.State) {
		if t.owns(change.Address().Kind()) {
			t.wrong(check, "from %s to %s: %s is not as it is wanted", from.name, to.name, change.Address())
		}
	}
}

func (t *trial) owns(kind string) bool {
	for _, k := range t.Detector.Manifest().Kinds {
		if k.Name == kind {
			return !k.Outlives
		}
	}
	return false
}

// plan returns the operations in their order, or what is wrong.
func (t *trial) plan(ctx context.Context, from, to stage, r *recorder) ([]operation.Operation, string) {
	limited, cancel := context.WithTimeout(ctx, 10*t.Limit)
	defer cancel()
	plan, found, err := autodetector.Run(limited, autodetector.Input{
		From: from.declared.State, Declaration: to.declared, Match: match,
		Detectors: append(builtin.Detectors(), r), Questioner: nobody{},
	})
	if err != nil || found.HasErrors() {
		return nil, explained(found, err)
	}
	var operations []operation.Operation
	for _, s := range plan.Steps {
		operations = slices.Concat(operations, s.Operations)
	}
	for _, took := range r.took {
		if took > t.Limit {
			t.wrong(limitCheck, "from %s to %s: a pass took %s, the limit is %s", from.name, to.name, took.Round(time.Millisecond), t.Limit)
		}
	}
	return operations, ""
}

// nobody takes part in the place of a user: what is gone is dropped.
type nobody struct{}

// Rename says that it is none of the candidates.
func (nobody) Rename(context.Context, address.Address, []address.Address) (address.Address, error) {
	return address.Address{}, nil
}

// Answer has no answer.
func (nobody) Answer(_ context.Context, q detect.Question) (expression.Node, error) {
	return expression.Node{}, fmt.Errorf("the models leave a question open: %s", q.Text)
}

func match(before, after *state.Object, from, to *state.State) autodetector.Likeness {
	return autodetector.Likeness(builtin.Match(before, after, from, to))
}
