package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// alone runs a step outside a transaction. That it is about to be run is
// committed before, that it is done after: whoever finds the one without the
// other knows that the outcome has to be looked up.
func (r *run) alone(ctx context.Context, step Step, last bool) error {
	e := r.executor
	if err := e.book(ctx, func(tx pgx.Tx) error { return write(ctx, tx, r.script, r.direction, intent, step) }); err != nil {
		return r.failure(ctx, step, Statement{}, err)
	}
	r.observer.Start(step)
	started := time.Now()
	if err := r.statements(ctx, step); err != nil {
		return err
	}
	r.observer.Operation(step, time.Since(started))
	if err := e.book(ctx, func(tx pgx.Tx) error { return r.record(ctx, tx, []Step{step}, last) }); err != nil {
		return r.failure(ctx, step, Statement{}, err)
	}
	return nil
}

// atomic reports whether a step outside a transaction is one statement that the server
// runs in a transaction anyway. Then the record is written in that: nobody ever has to
// look up how it ended.
func atomic(step Step, d Direction) bool {
	statements := step.Statements(d)
	return len(statements) == 1 && defines(statements[0].SQL) && !queries().MatchString(statements[0].SQL)
}

func (r *run) statements(ctx context.Context, step Step) error {
	if err := r.exec(ctx, r.limitsOutside()); err != nil {
		return r.refused(ctx, step, r.failure(ctx, step, Statement{}, err))
	}
	for i, statement := range step.Statements(r.direction) {
		if r.isBehind(step, i) {
			continue
		}
		clean, err := r.patiently(ctx, step, statement)
		if err != nil && clean && i == 0 && r.behind[step.Number] == nil {
			return r.refused(ctx, step, err)
		}
		if err == nil && resets(statement.SQL) {
			err = r.exec(ctx, r.executor.db.pins()+"; "+r.limitsOutside())
		}
		if err != nil {
			return behind(err, i)
		}
	}
	return r.closed(ctx, step)
}

// patiently runs a statement again for as long as it fails because of locks and leaves
// nothing behind. Clean is whether everything is as it was, after an error.
func (r *run) patiently(ctx context.Context, step Step, statement Statement) (clean bool, err error) {
	options := r.executor.options
	started := time.Now()
	for attempt := 1; ; attempt++ {
		clean, err = r.once(ctx, step, statement)
		if err == nil || !clean || !locked(err) || attempt > options.retries() || time.Since(started) > options.buildTimeout() {
			return clean, err
		}
		wait := options.backoff(attempt)
		r.observer.Retry(attempt, wait, err)
		if err := sleep(ctx, wait); err != nil {
			return true, r.failure(ctx, step, Statement{}, err)
		}
		r.observer.Start(step)
	}
}

// once runs a statement.
func (r *run) once(ctx context.Context, step Step, statement Statement) (clean bool, err error) {
	if c, ok := asConcurrent(statement.SQL); ok && r.conn().PgConn().TxStatus() == 'I' {
		return r.concurrently(ctx, step, statement, c)
	}
	own := r.conn().PgConn().TxStatus() != 'I' // in a transaction of the step's own
	err = r.watched(ctx, step, statement)
	return !own && !leavesRemnants(statement.SQL), err
}

// behind notes how many statements of a step were run before the one that failed.
func behind(err error, statements int) error {
	var failed *ScriptError
	if errors.As(err, &failed) {
		failed.done = statements
	}
	return err
}

// limitsOutside sets how long a statement outside a transaction may wait. Building an
// index takes its time; only locks are worth a limit.
func (r *run) limitsOutside() string {
	return fmt.Sprintf("SET lock_timeout = %d; SET statement_timeout = 0; SET row_security = off",
		r.executor.options.lockTimeout().Milliseconds()) + r.executor.options.role("SESSION")
}

// closed returns the error for a step that left a transaction of its own open, which
// is rolled back.
func (r *run) closed(ctx context.Context, step Step) error {
	if r.conn().PgConn().TxStatus() == 'I' {
		return nil
	}
	r.rollback(ctx)
	return r.failure(ctx, step, Statement{}, errLeftOpen)
}

var errLeftOpen = errors.New("it began a transaction and did not end it; what it did there was rolled back")

// refused records that a step has not changed anything.
func (r *run) refused(ctx context.Context, step Step, err error) error {
	if r.conn().IsClosed() {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	r.rollback(ctx)
	recorded := func(tx pgx.Tx) error { return write(ctx, tx, r.script, r.direction, failed, step) }
	if failing := r.executor.book(ctx, recorded); failing != nil {
		return errors.Join(err, failing)
	}
	var told *ScriptError
	if errors.As(err, &told) {
		told.clean = true
	}
	return err
}
