package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
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
	err := r.along(ctx, statement.SQL)
	stop()
	r.blockers = <-ended
	if err != nil {
		return r.failure(ctx, step, statement, err)
	}
	return nil
}

// along runs SQL, and what is to be run ahead of it in the same message. Where in the SQL
// the server found an error is counted from the beginning of the SQL.
func (r *run) along(ctx context.Context, sql string) error {
	ahead := r.ahead
	r.ahead = ""
	err := r.exec(ctx, ahead+sql)
	if said, ok := errors.AsType[*pgconn.PgError](err); ok && int(said.Position) > len(ahead) {
		said.Position -= int32(len(ahead))
	}
	return err
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
