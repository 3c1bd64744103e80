package conformance

import (
	"context"
	"fmt"
)

// onServer are the checks that need a server, ofProcess those that need a process.
var (
	onServer  = []string{serverCheck, probeCheck, lockCheck, inspectCheck, renameCheck, addressCheck, releaseCheck}
	ofProcess = []string{stableCheck, abroadCheck, quietCheck}
)

// walk takes the detector through the models, with plain and with hostile names.
func (t *trial) walk(ctx context.Context) {
	generated := t.values(ctx)
	if len(t.Models) == 0 {
		t.skip("there are no models; samples were made from the manifest", modelsCheck)
		t.skip("there are no models", onServer...)
		t.Models, t.Database = generated, nil
	}
	if t.Database == nil {
		t.skip("there is no server", onServer...)
	}
	stages, ok := t.read(ctx)
	if !ok {
		t.skipRest(modelsCheck, "the models cannot be read")
		return
	}
	t.through(ctx, stages, "")
	t.judgements(ctx, stages)
	for _, s := range stages[1 : len(stages)-1] {
		t.printed(ctx, s)
	}
	t.cancelled(ctx)
	t.processes(ctx)
	t.many(ctx, stages)
	t.upgrades(ctx)
	t.queries()
	made := t.serve(ctx, serverCheck, stages, nil)
	t.blocks(ctx, stages)
	t.alone(ctx, stages[1:len(stages)-1], made)
	t.outside(ctx, stages[1:len(stages)-1])
	t.logical(ctx, stages[1:len(stages)-1])
	t.texts(ctx, stages[1:len(stages)-1])
	for i, naming := range namings {
		t.hostile(ctx, stages, naming, i == 0)
	}
}

// hostile takes the detector through models whose names nothing but quoting
// survives, and from plain names to those.
func (t *trial) hostile(ctx context.Context, stages []stage, naming naming, rename bool) {
	hard, ok := t.renamed(stages, naming)
	if !ok {
		t.skip("the models name columns in sql(\"...\")", hostileCheck, renameCheck)
		return
	}
	t.through(ctx, hard, hostileCheck)
	made := t.serve(ctx, hostileCheck, hard, nil)
	for i := range stages[1 : len(stages)-1] {
		if rename {
			t.serve(ctx, renameCheck, []stage{stages[0], stages[i+1], hard[i+1], stages[0]}, made)
		}
	}
}

// through plans from each stage to each other one, and from each to itself. Where
// a check is given, all problems are of it.
func (t *trial) through(ctx context.Context, stages []stage, check string) {
	of := func(own string) string {
		if check != "" {
			return check
		}
		return own
	}
	for i, from := range stages {
		for j, to := range stages {
			if ctx.Err() == nil && (i != j || i != len(stages)-1) {
				t.step(ctx, from, to, of)
			}
		}
	}
}

// step checks one change from a state to another.
func (t *trial) step(ctx context.Context, from, to stage, of func(string) string) {
	recorder := &recorder{Detector: t.Detector}
	operations, failure := t.plan(ctx, from, to, recorder)
	way := from.name + " to " + to.name
	if failure != nil {
		t.wrongOn(of(failure.check), way, failure.why)
	}
	if failure == nil || failure.check != ownershipCheck { // else that is said, and the answers are worth nothing
		for _, pass := range recorder.passes {
			t.pass(ctx, way, pass, of)
		}
	}
	if of(modelsCheck) == modelsCheck {
		t.passes = append(t.passes, recorder.passes...)
	}
	if failure != nil {
		return
	}
	if from.declared.State == to.declared.State && len(operations) > 0 {
		t.wrong(of(nothingCheck), "from %s: %d operations", way, len(operations))
	}
	for _, op := range operations {
		if op.Detector == t.Detector.Manifest().Name && len(op.Up) > 0 && len(op.Down) == 0 && op.Irreversible == "" && !t.looks(op.Up) {
			t.wrongOn(of(inverseCheck), way, fmt.Sprintf("%s on %s has neither a way back nor a reason why not", op.Kind, op.Target.Path()))
		}
		if op.Detector == t.Detector.Manifest().Name {
			t.placed(op, way, of(namesCheck))
		}
	}
}

// A failure is why there is no plan, and which promise that breaks.
type failure struct {
	check, why string
	refused    bool // with a diagnostic about the models
	newOnly    bool // it could be said of a new table
}
