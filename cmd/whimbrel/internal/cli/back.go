package cli

import (
	"context"
	"slices"
	"time"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A back is a way back: applied migrations are rolled back, the last one first.
type back struct {
	*session
	*connection
	executor *postgres.Executor
	allow    allowances
	fake     bool // change the record only
	plan     bool // change nothing
}

// A stage is one migration on the way back.
type stage struct {
	parsed *migration.Script
	script postgres.Script
}

// appliedOrBegun returns the applied migrations, then those that were interrupted
// on their way.
func (b *back) appliedOrBegun(ctx context.Context) ([]postgres.Applied, error) {
	applied, err := b.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	begun, err := b.db.Interrupted(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range begun {
		if !contains(applied, p.ID) {
			applied = append(applied, postgres.Applied{App: p.App, ID: p.ID, Checksum: p.Checksum})
		}
	}
	return applied, nil
}

// after returns the applied migrations that build on one, without it.
func (b *back) after(ctx context.Context, applied []postgres.Applied, id string) ([]postgres.Applied, error) {
	above := map[string]bool{id: true}
	var later []postgres.Applied
	for _, a := range applied {
		_, s, err := b.recorded(ctx, a)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(s.Parents, func(parent string) bool { return above[parent] }) {
			above[a.ID] = true
			later = append(later, a)
		}
	}
	return later, nil
}

// roll rolls migrations back unless something would be lost that nobody allowed.
func (b *back) roll(ctx context.Context, chosen []postgres.Applied) (output.Result, error) {
	var stages []stage
	for _, a := range slices.Backward(chosen) {
		parsed, s, err := b.recorded(ctx, a)
		if err != nil {
			return nil, err
		}
		stages = append(stages, stage{parsed, s})
	}
	if !b.fake && !b.plan {
		if refused, err := b.guard(ctx, stages); err != nil {
			return refused, err
		}
	}
	done := newRunResult(b.db, postgres.Down, b.plan, b.fake)
	for _, st := range stages {
		started := time.Now()
		if err := b.undo(ctx, st.script); err != nil {
			return done.fail(err)
		}
		done.add(st.parsed, st.script, time.Since(started))
	}
	return done, nil
}

func (b *back) undo(ctx context.Context, s postgres.Script) error {
	switch {
	case b.plan:
		return nil
	case b.fake:
		return b.executor.Fake(ctx, s, postgres.Down)
	}
	return b.executor.Rollback(ctx, s, b.Progress(len(s.Steps)))
}

// irreversible returns the error for a migration without a way back, nil if all
// have one.
func irreversible(stages []stage) error {
	var found diag.List
	for _, st := range stages {
		for _, step := range st.parsed.Steps {
			if step.Irreversible != "" {
				found = append(found, diag.Diagnostic{
					Code:    "WH0131",
					Summary: "migration " + st.parsed.ID + " cannot be rolled back: " + output.Operation(step.Kind, step.Target.String()),
					Detail:  step.Irreversible + ".",
					Next:    "make a new migration that does what you need",
					Address: step.Target.String(),
				})
			}
		}
	}
	return found.Err()
}
