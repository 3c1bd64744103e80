package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// guard asks the database what the way back would lose and where it would fail,
// before anything of it is done. What nobody allowed is an error with the exit
// code of hazards.
func (b *back) guard(ctx context.Context, stages []stage) (output.Result, error) {
	if err := irreversible(stages); err != nil {
		return nil, err
	}
	refused, err := b.weighAll(ctx, stages)
	if err != nil || len(refused.Losses) == 0 {
		return nil, err
	}
	return refused, output.ExitError{Code: output.ExitHazard, Err: refused.diagnostics()}
}

// weighAll weighs each migration in the database as it is when its turn comes:
// the way back is rehearsed as far as that takes. Where it cannot be rehearsed,
// the database as it is now has to do.
func (b *back) weighAll(ctx context.Context, stages []stage) (refusal, error) {
	if asked := b.asked(stages); len(asked) > 1 {
		var refused refusal
		err := b.executor.Rehearse(ctx, scripts(asked), func(i int, probe postgres.Probe) error {
			return b.weigh(ctx, asked[i], probe, &refused)
		})
		var failed *postgres.ScriptError
		switch {
		case errors.As(err, &failed) && len(refused.Losses) > 0:
			return refused, nil // what was found so far may well be why
		case !errors.Is(err, postgres.ErrNoRehearsal) && failed == nil:
			return refused, err
		}
	}
	var refused refusal
	for _, st := range stages {
		if err := b.weigh(ctx, st, b.db.Probe, &refused); err != nil {
			return refused, err
		}
	}
	return refused, nil
}

// asked returns the migrations up to the last one that the database is asked
// about. There are none if SQL written by hand would have to be run before: it may
// do what cannot be taken back.
func (b *back) asked(stages []stage) []stage {
	last := 0
	for i, st := range stages {
		for _, h := range b.open(st) {
			if h.Probe != "" {
				last = i
			}
		}
	}
	for _, st := range stages[:last] {
		byHand := st.parsed.Opaque && slices.ContainsFunc(st.script.Steps, func(s postgres.Step) bool { return len(s.Down) > 0 })
		if byHand {
			return nil
		}
	}
	return stages[:min(last+1, len(stages))]
}

func scripts(stages []stage) []postgres.Script {
	list := make([]postgres.Script, len(stages))
	for i, st := range stages {
		list[i] = st.script
	}
	return list
}

// open returns the hazards on the way back of a migration that nobody has allowed.
func (b *back) open(st stage) []operation.Hazard {
	var found []operation.Hazard
	for _, h := range st.parsed.Hazards(true) {
		if h.Code == operation.NoValue || h.Code == operation.DataLoss && !b.allow.covers(h.Code, h.Object) {
			found = append(found, h)
		}
	}
	return found
}

// weigh asks the database about the hazards of one migration.
func (b *back) weigh(ctx context.Context, st stage, probe postgres.Probe, refused *refusal) error {
	for _, h := range b.open(st) {
		bad, unknown, err := ask(ctx, h, probe)
		if err != nil {
			return err
		}
		// Where nothing can be lost, trying is as good as knowing.
		if bad || unknown && h.Code == operation.DataLoss {
			refused.add(st.parsed.ID, h, unknown)
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
