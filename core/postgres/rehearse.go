package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrNoRehearsal is returned by Rehearse for scripts of which a part would be
// committed before the rest is run, and for those that are partly applied.
var ErrNoRehearsal = errors.New("the migrations do not fit into one transaction")

// Rehearse rolls scripts back in one transaction, and takes that back. Before each
// script and after the last, judge is called with its index and may ask the database
// as it is then. It returns the error of judge, or a *ScriptError if a script cannot
// be rolled back, be it for a lock that is not to be had.
func (e *Executor) Rehearse(ctx context.Context, scripts []Script, judge func(i int, on Respondent) error) error {
	if len(scripts) == 0 {
		return ErrNoRehearsal
	}
	runs := make([]*run, len(scripts))
	for i, s := range scripts {
		runs[i] = &run{executor: e, script: s, direction: Down, observer: &serial{}, started: time.Now()}
		if err := runs[i].load(ctx); err != nil {
			return err
		}
		if !runs[i].rehearsable() {
			return fmt.Errorf("%s: %w", s.ID, ErrNoRehearsal)
		}
	}
	first := runs[0]
	if err := first.exec(ctx, first.opening()); err != nil {
		return first.failure(ctx, Step{}, Statement{}, err)
	}
	defer first.rollback(ctx)
	for i, r := range runs {
		if err := judge(i, r); err != nil {
			return err
		}
		if err := r.rehearse(ctx); err != nil {
			return err
		}
	}
	return judge(len(runs), first)
}

func (r *run) rehearsable() bool {
	return !r.progress.Interrupted(r.recorded) && r.check() == nil && len(groups(r.todo(), Down)) <= 1 &&
		!(len(r.todo()) > 0 && outside(r.todo()[0], Down))
}

func (r *run) rehearse(ctx context.Context) error {
	if err := r.empty(ctx); err != nil {
		return err
	}
	pending := false
	for _, step := range r.todo() {
		if err := r.step(ctx, step, &pending); err != nil {
			return err
		}
	}
	// What the next one finds is a transaction of its own.
	again := `SET CONSTRAINTS ALL IMMEDIATE; SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; ` +
		r.executor.db.pins() + "; " + r.limits()
	if err := r.exec(ctx, again); err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	return nil
}

// Probe runs a query in the transaction; see Database.Probe.
func (r *run) Probe(ctx context.Context, query string) (bool, error) {
	return inRehearsal[bool](ctx, r, query)
}

// Count counts rows in the transaction; see Database.Count.
func (r *run) Count(ctx context.Context, query string) (int64, error) {
	return inRehearsal[int64](ctx, r, query)
}

// inRehearsal runs a query in the transaction, which goes on if the query fails.
// Nothing of it can be written meanwhile.
func inRehearsal[T any](ctx context.Context, r *run, query string) (found T, err error) {
	if err := checkProbe(query); err != nil {
		return found, err
	}
	if err := r.exec(ctx, "SAVEPOINT probe; SET LOCAL statement_timeout = 30000; SET LOCAL row_security = off; SET LOCAL transaction_read_only = on"); err != nil {
		return found, wrap("probing the database", err)
	}
	result, err := scanProbe[T](ctx, r.conn(), query)
	if ended := still(r.conn(), query); ended != nil {
		return found, ended
	}
	// What the query has set is taken back too.
	if failed := r.exec(ctx, "ROLLBACK TO probe; RELEASE probe"); failed != nil {
		return found, wrap("probing the database", errors.Join(err, failed))
	}
	if err != nil {
		return found, unknown(ctx, err)
	}
	return result, nil
}
