package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// A run is one script on its way in one direction.
type run struct {
	executor  *Executor
	script    Script
	direction Direction
	observer  *serial
	started   time.Time
	faked     bool

	recorded  bool     // the migration is in the record
	progress  Progress // as it was before
	committed []int    // operations that this run has committed
	blockers  []Session
	ahead     string         // SQL that the next statement takes along: each answer takes time
	emptied   bool           // what is in the way of the script
	calm      bool           // the script leaves the session as it is
	behind    map[int][]bool // statements of operations that an interrupted run has done
}

func (r *run) conn() *pgx.Conn { return r.executor.db.conn }

// load reads how far the migration has come.
func (r *run) load(ctx context.Context) error {
	r.progress = Progress{App: r.script.App, ID: r.script.ID}
	begun, err := r.executor.left(ctx, r.script)
	if err != nil || !begun {
		return err
	}
	var q queue
	q.askRecorded(r.script, &r.recorded)
	q.askProgress(r.script, &r.progress)
	return q.send(ctx, r.conn())
}

// check reports why the script cannot be run.
func (r *run) check() error {
	interrupted := r.progress.Interrupted(r.recorded)
	switch {
	case !interrupted && r.recorded && r.direction == Up:
		return fmt.Errorf("%s: %w", r.script.ID, ErrApplied)
	case !interrupted && !r.recorded && r.direction == Down:
		return fmt.Errorf("%s: %w", r.script.ID, ErrNotApplied)
	case len(r.progress.Doubt) > 0:
		return &InDoubtError{Script: r.script, Operations: r.progress.Doubt}
	case interrupted && r.progress.Checksum != r.script.Checksum:
		return problem("WH5204", fmt.Sprintf("migration %s was changed after it was interrupted", r.script.ID),
			"A part of it is applied; what is left has to be run as it was.", "restore "+r.script.File+" as it was")
	}
	return r.checkStatements()
}

// todo returns the steps that have to be run, in order.
func (r *run) todo() []Step {
	var steps []Step
	for _, step := range r.script.ordered(r.direction) {
		if r.progress.inEffect(step.Number, r.recorded) != (r.direction == Up) {
			steps = append(steps, step)
		}
	}
	return steps
}

func (r *run) all(ctx context.Context) error {
	r.observer.Begin(r.script, r.direction)
	parts := groups(r.todo(), r.direction)
	if len(parts) == 0 {
		parts = [][]Step{nil} // nothing to run, but something to record
	}
	for i, part := range parts {
		if err := r.group(ctx, part, i == len(parts)-1); err != nil {
			return err
		}
		for _, step := range part {
			r.committed = append(r.committed, step.Number)
		}
		if len(part) > 0 && outside(part[0], r.direction) {
			if err := r.stillAlone(ctx); err != nil {
				return err
			}
		}
	}
	r.observer.Done(r.script, r.direction, time.Since(r.started))
	return nil
}

// stillAlone returns the error for a lock that was lost in a step outside a
// transaction.
func (r *run) stillAlone(ctx context.Context) error {
	err := r.executor.alone(ctx)
	var lost lostLock
	if errors.As(err, &lost) {
		lost.late = true
		err = lost
	}
	if err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	return nil
}

func (r *run) group(ctx context.Context, steps []Step, last bool) error {
	if len(steps) > 0 && outside(steps[0], r.direction) && !atomic(steps[0], r.direction) {
		return r.alone(ctx, steps[0], last)
	}
	return r.retried(ctx, func() error { return r.transaction(ctx, steps, last) })
}

// begin undoes what a script before may have set for the session, and loads.
func (r *run) begin(ctx context.Context) error {
	if !r.executor.settled {
		again, err := r.executor.db.anew(ctx)
		if err == nil {
			err = r.exec(ctx, again)
		}
		if err != nil {
			return r.failure(ctx, Step{}, Statement{}, err)
		}
	}
	return r.load(ctx)
}

// record writes what has become of steps that are done, and after the last ones
// that the migration is applied or rolled back.
func (r *run) record(ctx context.Context, on execer, steps []Step, last bool) error {
	if !r.calm {
		if err := ownAgain(ctx, on); err != nil {
			return err
		}
	}
	if len(steps) > 0 {
		if err := write(ctx, on, r.script, r.direction, done, steps...); err != nil {
			return err
		}
	}
	if !last {
		return nil
	}
	if err := r.recordWhole(ctx, on); err != nil {
		return err
	}
	return r.executor.note(ctx, on, r.entry(""))
}

// recordWhole writes that the migration is applied, or that it is not any more.
func (r *run) recordWhole(ctx context.Context, on execer) error {
	switch {
	case r.direction == Down:
		return forget(ctx, on, r.script)
	case r.recorded:
		return nil
	}
	return record(ctx, on, r.script, time.Since(r.started), r.executor.options.Version, r.faked)
}
