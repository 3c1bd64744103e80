package postgres

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// transaction runs steps in a transaction, with the record of them in it.
func (r *run) transaction(ctx context.Context, steps []Step, last bool) (err error) {
	r.ahead = r.opening()
	defer func() {
		r.ahead = ""
		if err != nil {
			r.rollback(ctx)
		}
	}()
	if err := r.empty(ctx); err != nil {
		return err
	}
	pending := false // triggers may be waiting for the end of the transaction
	for _, step := range steps {
		if err := r.step(ctx, step, &pending); err != nil {
			return err
		}
	}
	if err := r.close(ctx, steps, last); err != nil {
		return err
	}
	r.emptied = true
	return nil
}

const commit = "COMMIT"

// open sends the beginning of the transaction, if no statement took it along.
func (r *run) open(ctx context.Context) error {
	opening := r.ahead
	if r.ahead = ""; opening == "" {
		return nil
	}
	if err := r.exec(ctx, opening); err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	return nil
}

// close records what a transaction has done, if nobody else can be migrating, and commits
// it: all that is sent at once, and the server stops at the first that fails. Where no
// answer comes, it may have been committed.
func (r *run) close(ctx context.Context, steps []Step, last bool) error {
	if err := r.open(ctx); err != nil {
		return err
	}
	if err := r.executor.keep(ctx, r.calm); err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	var q queue
	q.demandAlone(r.executor.backend)
	if err := r.record(ctx, &q, steps, last); err != nil {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	behind := q.count()
	q.batch.Queue(commit)
	err := q.send(ctx, r.conn())
	switch {
	case err == nil:
		return nil
	case *behind == q.batch.Len()-1, r.conn().IsClosed():
		return r.failure(ctx, Step{}, Statement{SQL: commit}, err)
	case *behind == 0:
		err = r.notAlone(ctx, err)
	}
	return r.failure(ctx, Step{}, Statement{}, wrap("recording "+r.script.ID, err))
}

// notAlone returns why the lock is not held, instead of what the server said of that.
func (r *run) notAlone(ctx context.Context, err error) error {
	r.rollback(ctx)
	if lost := r.executor.alone(ctx); lost != nil {
		return lost
	}
	return err
}

func (r *run) opening() string {
	return "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " + r.limits() + ";\n"
}

// limits sets how long a statement may wait and run. A statement that would see, and
// change, only those rows that policies show to the user is refused: SQL written by
// hand that means it can set row_security.
func (r *run) limits() string {
	return fmt.Sprintf(`SET LOCAL lock_timeout = %d; SET LOCAL statement_timeout = %d; SET LOCAL row_security = off`,
		r.executor.options.lockTimeout().Milliseconds(), r.executor.options.StatementTimeout.Milliseconds()) + r.executor.options.role("LOCAL")
}

func (r *run) step(ctx context.Context, step Step, pending *bool) error {
	r.observer.Start(step)
	started := time.Now()
	for _, statement := range step.Statements(r.direction) {
		if err := r.settle(ctx, step, statement, pending); err != nil {
			return err
		}
		if err := r.watched(ctx, step, statement); err != nil {
			return err
		}
		if r.conn().PgConn().TxStatus() != 'T' {
			return r.failure(ctx, step, statement, errEnded)
		}
		if resets(statement.SQL) {
			if err := r.exec(ctx, r.executor.db.pins()+"; "+r.limits()); err != nil {
				return r.failure(ctx, step, statement, err)
			}
		}
	}
	r.observer.Operation(step, time.Since(started))
	return nil
}

var errEnded = errors.New("the statement ended the transaction that the migration runs in; what it committed cannot be taken back")

// settle fires deferred triggers before a statement that is no change of rows:
// PostgreSQL refuses to alter a table while some of them wait.
func (r *run) settle(ctx context.Context, step Step, statement Statement, pending *bool) error {
	if *pending && !changesRows(statement.SQL) {
		if err := r.exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
			return r.failure(ctx, step, Statement{Line: statement.Line}, err)
		}
		*pending = false
	}
	*pending = *pending || queuesTriggers(statement.SQL)
	return nil
}

// exec runs SQL by the simple protocol, as it is: several statements, function
// bodies and dollar signs have no meaning for it. Results are thrown away. A server
// that asks for data is told that there are none; where it does not, that means
// nothing to it.
func (r *run) exec(ctx context.Context, sql string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	conn := r.conn().PgConn()
	running := conn.Exec(ctx, sql)
	if mayCopy().MatchString(sql) && !conn.IsClosed() {
		conn.Frontend().Send(&pgproto3.CopyFail{Message: "a migration has no data to send"})
		_ = conn.Frontend().Flush() // a connection that is lost is noticed below
	}
	return running.Close()
}

var mayCopy = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)\bcopy\b`) })

// rollback ends a transaction that failed. If the server does not answer, the
// connection is closed, which has the same effect.
func (r *run) rollback(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if r.conn().IsClosed() || r.conn().PgConn().TxStatus() == 'I' {
		return
	}
	if err := r.exec(ctx, "ROLLBACK"); err != nil {
		_ = r.conn().Close(ctx)
	}
}

// retried runs a transaction again for as long as it fails because of locks.
func (r *run) retried(ctx context.Context, transaction func() error) error {
	for attempt := 1; ; attempt++ {
		err := transaction()
		if err == nil || !locked(err) || attempt > r.executor.options.retries() {
			return err
		}
		wait := r.executor.options.backoff(attempt)
		r.observer.Retry(attempt, wait, err)
		if err := sleep(ctx, wait); err != nil {
			return r.failure(ctx, Step{}, Statement{}, err)
		}
	}
}

// locked reports whether an error is a lock that was not to be had or a
// deadlock: nothing is wrong with the transaction itself.
func locked(err error) bool {
	code := codeOf(err)
	return code == lockNotAvailable || code == deadlockDetected
}
