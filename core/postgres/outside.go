package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
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

func (r *run) statements(ctx context.Context, step Step) error {
	if err := r.exec(ctx, r.limitsOutside()); err != nil {
		return r.refused(ctx, step, r.failure(ctx, step, Statement{}, err))
	}
	for i, statement := range step.Statements(r.direction) {
		err := r.watched(ctx, step, statement)
		if err != nil && i == 0 && !leavesRemnants(statement.SQL) {
			return r.refused(ctx, step, err)
		}
		if err == nil && resets(statement.SQL) {
			err = r.exec(ctx, r.executor.db.pins()+"; "+r.limitsOutside())
		}
		if err != nil {
			return err
		}
	}
	return r.closed(ctx, step)
}

// limitsOutside sets how long a statement outside a transaction may wait. Building an
// index takes its time; only locks are worth a limit.
func (r *run) limitsOutside() string {
	return fmt.Sprintf("SET lock_timeout = %d; SET statement_timeout = 0; SET row_security = off", r.executor.options.lockTimeout().Milliseconds())
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

// refused records that a step has not changed anything, if it was the server
// that said so.
func (r *run) refused(ctx context.Context, step Step, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) || r.conn().IsClosed() {
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	r.rollback(ctx)
	recorded := func(tx pgx.Tx) error { return write(ctx, tx, r.script, r.direction, failed, step) }
	if failing := r.executor.book(ctx, recorded); failing != nil {
		return errors.Join(err, failing)
	}
	return err
}
