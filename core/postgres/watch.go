package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	watchAfter = 300 * time.Millisecond
	watchEvery = time.Second
)

// watched runs a statement of a step. While it takes long, a second connection
// finds out whom it waits for: when the server gives up, it no longer knows.
func (r *run) watched(ctx context.Context, step Step, statement Statement) error {
	r.blockers = nil
	watching, stop := context.WithCancel(ctx)
	ended := make(chan []Session, 1)
	go func() { ended <- r.watch(watching, step, min(watchAfter, r.executor.options.lockTimeout()/2)) }()
	err := r.exec(ctx, statement.SQL)
	stop()
	r.blockers = <-ended
	if err != nil {
		return r.failure(ctx, step, statement, err)
	}
	return nil
}

// watch returns the sessions that the run waited for last.
func (r *run) watch(ctx context.Context, step Step, after time.Duration) []Session {
	if sleep(ctx, after) != nil {
		return nil
	}
	conn, err := r.executor.db.another(ctx)
	if err != nil {
		return nil // then nobody knows; the statement itself is not affected
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return r.follow(ctx, conn, step)
}

func (r *run) follow(ctx context.Context, conn *pgx.Conn, step Step) []Session {
	var last []Session
	for {
		found, err := blockers(ctx, conn, r.conn().PgConn().PID())
		if err != nil {
			return last
		}
		if len(found) > 0 {
			last = found
			r.observer.Waiting(step, found)
		}
		if sleep(ctx, watchEvery) != nil {
			return last
		}
	}
}
