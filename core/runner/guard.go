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
	g := guard{allowed: allowed, stages: way.Stages}
	if len(way.Stages) > 1 {
		refused, failed, err := g.rehearse(ctx, e)
		switch {
		case failed != nil && refused.None() && failed.Certain():
			return Refusal{Failed: failed, stays: g.stays(failed)}, nil
		case failed != nil && !refused.None():
			return refused, nil // what was found so far may well be why
		case failed == nil && !errors.Is(err, postgres.ErrNoRehearsal):
			return refused, err
		}
	}
	var refused Refusal
	for i := range way.Stages {
		if err := g.weigh(ctx, i, r.db, &refused); err != nil {
			return refused, err
		}
	}
	return refused, nil
}

// rehearse weighs the stages while the way is rehearsed.
func (g guard) rehearse(ctx context.Context, e *postgres.Executor) (refused Refusal, failed *postgres.ScriptError, err error) {
	known := g.known()
	err = e.Rehearse(ctx, scripts(g.stages[:known]), func(i int, on postgres.Respondent) error {
		if i < known {
			return g.weigh(ctx, i, on, &refused)
		}
		for ; i < len(g.stages); i++ {
			if err := g.weigh(ctx, i, on, &refused); err != nil {
				return err
			}
		}
		return nil
	})
	errors.As(err, &failed)
	return refused, failed, err
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
	stages  []Stage
}

// known returns how many stages can be rehearsed: those before SQL written by hand,
// which may do what cannot be taken back.
func (g guard) known() int {
	for i, stage := range g.stages {
		byHand := stage.Parsed.Opaque && slices.ContainsFunc(stage.Script.Steps, func(s postgres.Step) bool { return len(s.Down) > 0 })
		if byHand {
			return i
		}
	}
	return len(g.stages)
}

// stays returns the migration that stays if the way ends before what failed; empty if
// nothing is left of the way then.
func (g guard) stays(failed *postgres.ScriptError) string {
	if failed.Script.ID == g.stages[0].Script.ID {
		return ""
	}
	return failed.Script.ID
}

func scripts(stages []Stage) []postgres.Script {
	list := make([]postgres.Script, len(stages))
	for i, stage := range stages {
		list[i] = stage.Script
	}
	return list
}

// open returns the hazards on the way back of a migration that nobody has allowed.
// Those that nothing allows come first.
func (g guard) open(stage Stage) []operation.Hazard {
	var fatal, lossy []operation.Hazard
	for _, h := range stage.Parsed.Hazards(true) {
		switch {
		case stage.leaving.covers(h): // the rows are asked about
		case h.Code == operation.NoValue || h.Code == operation.NoFit:
			fatal = append(fatal, h)
		case h.Code == operation.DataLoss && !g.allowed.Covers(h):
			lossy = append(lossy, h)
		}
	}
	return append(fatal, lossy...)
}

// weigh asks the database about the hazards of one stage.
func (g guard) weigh(ctx context.Context, i int, on postgres.Respondent, refused *Refusal) error {
	stage := g.stages[i]
	if err := g.weighEmptied(ctx, stage, on, refused); err != nil {
		return err
	}
	for _, h := range g.open(stage) {
		if h.Code == operation.DataLoss && refused.fails(stage.Parsed.ID, h.Object) {
			continue // the values that do not fit stay as they are
		}
		found, err := ask(ctx, h, on)
		if err != nil {
			return err
		}
		if !found.real(h.Code) {
			continue
		}
		found.later = i > 0 && h.Code != operation.DataLoss
		refused.add(stage.Parsed.ID, h, found)
	}
	return nil
}

// weighEmptied asks for the rows of the tables that a stage may empty, as they are
// gone when the hazard of the migration that drops them is asked about.
func (g guard) weighEmptied(ctx context.Context, stage Stage, on postgres.Respondent, refused *Refusal) error {
	for _, t := range slices.Backward(stage.leaving) {
		if g.allowed.Covers(t.hazard) {
			continue
		}
		h := t.hazard
		h.Probe = "SELECT EXISTS (SELECT FROM " + t.String() + ")"
		found, err := ask(ctx, h, on)
		if err != nil {
			return err
		}
		if found.bad {
			refused.add(t.migration, t.hazard, found)
		}
	}
	return nil
}
