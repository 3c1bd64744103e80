package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// lockKey is the key of the advisory lock that lets one whimbrel at a time change
// a database: "whimbrel" in ASCII. Advisory locks belong to one database.
const lockKey int64 = 0x7768696d6272656c

// A LockBusyError says that somebody else is migrating the database.
type LockBusyError struct {
	// Holder is who has the lock; its PID is 0 if it was released in the meantime.
	Holder Session
	Waited time.Duration
}

// Error says who has the lock.
func (e *LockBusyError) Error() string {
	if e.Holder.PID == 0 {
		return "somebody else is migrating this database"
	}
	return "somebody else is migrating this database: " + e.Holder.String()
}

// Diagnostic returns the error for the user.
func (e *LockBusyError) Diagnostic() diag.Diagnostic {
	d := diag.Diagnostic{
		Code: "WH5201", Summary: e.Error(),
		Detail: "One whimbrel at a time changes a database. Nothing was changed.",
		Next:   "try again when it has finished, or let whimbrel wait: --wait 60s",
	}
	if e.Waited > 0 {
		d.Detail += fmt.Sprintf(" The lock was not released within %s.", e.Waited.Round(time.Second))
	}
	if running := e.Holder.running(200); running != "" {
		d.Detail += " The other one runs: " + running
	}
	if e.Holder.idle() {
		d.Next = fmt.Sprintf("see whether a whimbrel still runs as process %d of the server; if not, a connection pooler keeps its session, "+
			"with the lock: have somebody run SELECT pg_terminate_backend(%d)", e.Holder.PID, e.Holder.PID)
	}
	return d
}

// lock takes the advisory lock of the session. It asks again and again and never
// waits in the server: a statement that waits holds a snapshot, and CREATE INDEX
// CONCURRENTLY of the holder would wait for that. The lock is on the connection
// that runs the migrations, so it is held for as long as the server still runs a
// statement of a client that is gone.
//
// It returns the process of the server that has the lock now.
func lock(ctx context.Context, conn *pgx.Conn, wait time.Duration, waiting func(Session)) (backend uint32, err error) {
	started := time.Now()
	for {
		backend, taken, err := tryLock(ctx, conn)
		if err != nil || taken {
			return backend, err
		}
		holder, err := lockHolder(ctx, conn)
		if err != nil {
			return 0, err
		}
		if time.Since(started) >= wait {
			return 0, &LockBusyError{Holder: holder, Waited: wait}
		}
		if waiting != nil {
			waiting(holder)
		}
		if err := sleep(ctx, time.Duration(100+rand.IntN(300))*time.Millisecond); err != nil {
			return 0, fmt.Errorf("waiting for the lock: %w", err)
		}
	}
}

func tryLock(ctx context.Context, conn *pgx.Conn) (backend uint32, taken bool, err error) {
	err = conn.QueryRow(ctx, "SELECT pg_catalog.pg_backend_pid(), pg_catalog.pg_try_advisory_lock($1::bigint)", lockKey).Scan(&backend, &taken)
	return backend, taken, wrap("taking the lock", err)
}

func lockHolder(ctx context.Context, conn *pgx.Conn) (Session, error) {
	rows, err := conn.Query(ctx, `SELECT `+sessionColumns+`
		FROM pg_catalog.pg_locks l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
		WHERE `+ourLock, lockKey)
	if err != nil {
		return Session{}, wrap("looking who has the lock", err)
	}
	holders, err := pgx.CollectRows(rows, scanSession)
	if err != nil || len(holders) == 0 {
		return Session{}, wrap("looking who has the lock", err)
	}
	return holders[0], nil
}

// unlock releases the lock. It is an error if it is not there to be released.
func (e *Executor) unlock(ctx context.Context) error {
	held := false
	err := e.db.conn.QueryRow(ctx, "SELECT pg_catalog.pg_advisory_unlock($1::bigint)", lockKey).Scan(&held)
	if err == nil && !held {
		err = errNotHeld
	}
	return wrap("releasing the lock", err)
}

// sleep waits for a time or for the end of the context, and returns its error.
func sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
