package cli

import (
	"context"
	"time"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// A trip is a way that a command goes, or only shows.
type trip struct {
	*input.Session
	*connection
	executor *postgres.Executor // nil: nothing is changed
	allowed  operation.Allowances
	fake     bool // change the record only
	plan     bool // change nothing
}

// open takes the lock of the database.
func (t *trip) open(ctx context.Context, patience input.Patience) (err error) {
	t.executor, err = patience.Open(ctx, t.Session, t.db)
	return err
}

func (t *trip) close() {
	_ = t.executor.Close() // the server releases the lock with the connection
}

// run goes the way, if nothing would be lost that nobody allowed and nothing is
// forbidden.
func (t *trip) run(ctx context.Context, way runner.Way) (output.Result, error) {
	if !t.fake && !t.plan {
		if why, err := t.refused(ctx, way); err != nil {
			return why, err
		}
	}
	if t.fake {
		problems, err := t.Founded(ctx, way, t.Definitions())
		t.Warn(problems)
		if err != nil {
			return nil, err
		}
	}
	done := newRunResult(t.db, way.Direction, t.plan, t.fake)
	if t.plan {
		for _, stage := range way.Stages {
			done.add(stage, 0)
		}
		return done, nil
	}
	return t.walk(ctx, way, done)
}

// refused returns why the way must not be gone: what is lost on a way back, what the
// policy forbids on a way forth.
func (t *trip) refused(ctx context.Context, way runner.Way) (output.Result, error) {
	if way.Direction == postgres.Up {
		found, err := t.Prohibited(ctx, way, t.policy, t.allowed)
		if err != nil || found.None() {
			return nil, err
		}
		return prohibition{found}, output.ExitError{Code: output.ExitHazard, Err: found.Diagnostic()}
	}
	found, err := t.Guard(ctx, t.executor, way, t.allowed)
	if err != nil || found.None() {
		return nil, err
	}
	return refusal{found}, output.ExitError{Code: output.ExitHazard, Err: found.Diagnostics()}
}

func (t *trip) walk(ctx context.Context, way runner.Way, done *runResult) (output.Result, error) {
	walk := runner.Walk{
		Executor: t.executor, Fake: t.fake,
		Observer: func(s postgres.Script) postgres.Observer { return t.Progress(len(s.Steps)) },
		Done:     func(stage runner.Stage, took time.Duration) { done.add(stage, took) },
	}
	if err := walk.Go(ctx, way); err != nil {
		return done.fail(err)
	}
	return done, nil
}

// A refusal is why a way back is not gone.
type refusal struct{ runner.Refusal }

func (r refusal) Print(*output.Printer) {} // the diagnostics say it all

// A prohibition is why a way forth is not gone.
type prohibition struct{ runner.Prohibition }

func (p prohibition) Print(*output.Printer) {} // the diagnostic says it all
