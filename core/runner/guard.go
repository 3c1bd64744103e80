package runner

import (
	"context"
	"errors"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// Guard asks the database what a way back would lose and where it would fail,
// before anything of it is done. What nobody allowed is in the refusal; a migration
// without a way back is an error.
//
// Each migration is judged by the database as it is when its turn comes: the way
// back is rehearsed as far as that takes. Where it cannot be rehearsed, the database
// as it is now has to do.
func (r *Runner) Guard(ctx context.Context, e *postgres.Executor, way Way, allowed operation.Allowances) (Refusal, error) {
	if err := irreversible(way.Stages); err != nil {
		return Refusal{}, err
	}
	g := guard{allowed: allowed}
	if asked := g.asked(way.Stages); len(asked) > 1 {
		var refused Refusal
		err := e.Rehearse(ctx, scripts(asked), func(i int, probe postgres.Probe) error {
			return g.weigh(ctx, asked[i], probe, &refused)
		})
		var failed *postgres.ScriptError
		switch {
		case errors.As(err, &failed) && len(refused.Losses) > 0:
			return refused, nil // what was found so far may well be why
		case !errors.Is(err, postgres.ErrNoRehearsal) && failed == nil:
			return refused, err
		}
	}
	var refused Refusal
	for _, stage := range way.Stages {
		if err := g.weigh(ctx, stage, r.db.Probe, &refused); err != nil {
			return refused, err
		}
	}
	return refused, nil
}

// irreversible returns the error for migrations without a way back, nil if all
// have one.
func irreversible(stages []Stage) error {
	var found diag.List
	for _, stage := range stages {
		for _, step := range stage.Parsed.Steps {
			if step.Irreversible != "" {
				found = append(found, diag.Diagnostic{
					Code:    "WH0131",
					Summary: "migration " + stage.Parsed.ID + " cannot be rolled back: " + operation.Words(step.Kind, step.Target.String()),
					Detail:  step.Irreversible + ".",
					Next:    "make a new migration that does what you need",
					Address: step.Target.String(),
				})
			}
		}
	}
	return found.Err()
}

// A guard weighs hazards of a way back.
type guard struct {
	allowed operation.Allowances
}

// asked returns the migrations up to the last one that the database is asked
// about. There are none if SQL written by hand would have to be run before: it may
// do what cannot be taken back.
func (g guard) asked(stages []Stage) []Stage {
	last := 0
	for i, stage := range stages {
		for _, h := range g.open(stage) {
			if h.Probe != "" {
				last = i
			}
		}
	}
	for _, stage := range stages[:last] {
		byHand := stage.Parsed.Opaque && slices.ContainsFunc(stage.Script.Steps, func(s postgres.Step) bool { return len(s.Down) > 0 })
		if byHand {
			return nil
		}
	}
	return stages[:min(last+1, len(stages))]
}

func scripts(stages []Stage) []postgres.Script {
	list := make([]postgres.Script, len(stages))
	for i, stage := range stages {
		list[i] = stage.Script
	}
	return list
}

// open returns the hazards on the way back of a migration that nobody has allowed.
func (g guard) open(stage Stage) []operation.Hazard {
	var found []operation.Hazard
	for _, h := range stage.Parsed.Hazards(true) {
		if h.Code == operation.NoValue || h.Code == operation.DataLoss && !g.allowed.Covers(h) {
			found = append(found, h)
		}
	}
	return found
}

// weigh asks the database about the hazards of one migration.
func (g guard) weigh(ctx context.Context, stage Stage, probe postgres.Probe, refused *Refusal) error {
	for _, h := range g.open(stage) {
		bad, unknown, err := ask(ctx, h, probe)
		if err != nil {
			return err
		}
		// Where nothing can be lost, trying is as good as knowing.
		if bad || unknown && h.Code == operation.DataLoss {
			refused.add(stage.Parsed.ID, h, unknown)
		}
	}
	return nil
}

// ask runs the probe of a hazard. One without a probe is always real.
func ask(ctx context.Context, h operation.Hazard, probe postgres.Probe) (bad, unknown bool, err error) {
	if h.Probe == "" {
		return true, false, nil
	}
	bad, err = probe(ctx, h.Probe)
	if errors.Is(err, postgres.ErrUnknown) {
		return false, true, nil
	}
	return bad, false, err
}
