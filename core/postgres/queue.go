package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A queue collects SQL that is sent to the server at once: each answer that is waited
// for is time in which locks are held.
type queue struct{ batch pgx.Batch }

// Exec puts a statement at the end. What the server says of it, send returns.
func (q *queue) Exec(_ context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	q.batch.Queue(sql, args...)
	return pgconn.CommandTag{}, nil
}

// ask puts a query at the end whose rows are read when they are there.
func (q *queue) ask(read func(pgx.Rows) error, sql string, args ...any) {
	q.batch.Queue(sql, args...).Query(read)
}

// count returns the number of those statements of the queue that were run without an
// error, once it is sent.
func (q *queue) count() *int {
	done := new(int)
	for _, queued := range q.batch.QueuedQueries {
		queued.Exec(func(pgconn.CommandTag) error {
			*done++
			return nil
		})
	}
	return done
}

// send runs what was collected, up to the first error.
func (q *queue) send(ctx context.Context, conn *pgx.Conn) error {
	return conn.SendBatch(ctx, &q.batch).Close()
}

// keep has the server plan once what is run at the end of each transaction, where the
// script before leaves the session as it is; else it may throw the plans away.
func (e *Executor) keep(ctx context.Context, calm bool) error {
	if e.kept == calm {
		return nil
	}
	e.kept = calm
	if !calm {
		return e.db.conn.DeallocateAll(ctx)
	}
	for _, sql := range []string{demandingAlone, logging, recording, journalling} {
		if _, err := e.db.conn.Prepare(ctx, sql, sql); err != nil {
			return wrap("preparing the record", err)
		}
	}
	return nil
}
