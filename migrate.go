package whimbrel

import (
	"context"
	"time"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// A Result is what Migrate did.
type Result struct {
	// Applied are the migrations that were applied, in the order of running.
	Applied []Run
	// RolledBack are those that were rolled back, as To can ask for.
	RolledBack []Run
}

// A Run is a migration that was run.
type Run struct {
	ID, App    string
	Operations int
	Took       time.Duration
}

// migrate goes the way under the lock of the database.
func (s settings) migrate(ctx context.Context, r *runner.Runner, db *postgres.Database) (Result, error) {
	if err := s.allowed.Check(); err != nil {
		return Result{}, err
	}
	options := s.options
	options.Waiting = s.waiting()
	executor, err := postgres.Open(ctx, db, options)
	if err != nil {
		return Result{}, err
	}
	defer executor.Close() // the server releases the lock with the connection
	way, problems, err := r.To(ctx, s.to, false)
	if err != nil {
		return Result{}, err
	}
	s.warn(ctx, problems)
	if err := s.judge(ctx, r, executor, way); err != nil {
		return Result{}, err
	}
	return s.walk(ctx, executor, way)
}

// judge returns the error for a way that must not be gone.
func (s settings) judge(ctx context.Context, r *runner.Runner, e *postgres.Executor, way runner.Way) error {
	if way.Direction == postgres.Up {
		found, err := r.Prohibited(ctx, way, s.policy, s.allowed)
		if err != nil || found.None() {
			return err
		}
		return &ForbiddenError{found}
	}
	found, err := r.Guard(ctx, e, way, s.allowed)
	if err != nil || found.None() {
		return err
	}
	return &RefusedError{found}
}

func (s settings) walk(ctx context.Context, e *postgres.Executor, way runner.Way) (Result, error) {
	var done []Run
	walk := runner.Walk{
		Executor: e,
		Observer: func(postgres.Script) postgres.Observer { return observer{logger: s.logger} },
		Done: func(stage runner.Stage, took time.Duration) {
			done = append(done, Run{ID: stage.Script.ID, App: stage.Script.App, Operations: len(stage.Script.Steps), Took: took})
		},
	}
	err := walk.Go(ctx, way)
	if way.Direction == postgres.Down {
		return Result{RolledBack: done}, err
	}
	return Result{Applied: done}, err
}
