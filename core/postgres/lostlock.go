package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// A lostLock is why a run stops although nothing failed: somebody else may be
// migrating the database by now.
type lostLock struct {
	backend uint32 // the process that took the lock, if another one serves the connection now; else 0
	late    bool   // noticed when everything so far was committed
}

var errNotHeld = errors.New("it is not held any more")

func (e lostLock) Error() string {
	if e.backend != 0 {
		return "the connection goes through a transaction pooler, which left the lock of the database behind"
	}
	return "it released the lock that keeps others from migrating at the same time"
}

// alone returns a lostLock if the lock is not held any more: a script can release it,
// and a pooler can put another process in the place of the one that holds it.
func (e *Executor) alone(ctx context.Context) error {
	var q queue
	q.askAlone(e.backend)
	return wrap("looking for the lock", q.send(ctx, e.db.conn))
}

// askAlone asks for the lock that a process of the server took; see alone.
func (q *queue) askAlone(backend uint32) {
	q.ask(func(rows pgx.Rows) error {
		var now uint32
		var held bool
		if _, err := pgx.ForEachRow(rows, []any{&now, &held}, func() error { return nil }); err != nil || held {
			return err
		}
		if now != backend {
			return lostLock{backend: backend}
		}
		return lostLock{}
	}, askingAlone, lockKey)
}

const askingAlone = `SELECT pg_catalog.pg_backend_pid(), EXISTS (SELECT FROM pg_catalog.pg_lock_status() l
		WHERE l.pid = pg_catalog.pg_backend_pid() AND ` + ourLock + `)`

// demandAlone has the server fail, and so run nothing behind it, if the lock is not held
// by the process that took it.
func (q *queue) demandAlone(backend uint32) {
	q.batch.Queue(demandingAlone, lockKey, int64(backend))
}

// demandingAlone divides by zero where the lock is not held: nothing else ends a pipeline
// without a function of one's own.
const demandingAlone = `SELECT 1 / (CASE WHEN pg_catalog.pg_backend_pid() = $2::bigint AND EXISTS (SELECT FROM pg_catalog.pg_lock_status() l
		WHERE l.pid = pg_catalog.pg_backend_pid() AND ` + ourLock + `) THEN 1 ELSE 0 END)`

// ourLock selects the lock in pg_locks l by its key $1.
const ourLock = `l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
	AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
	AND (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint`

// next says what to do about it.
func (e lostLock) next(command string) string {
	if e.backend != 0 {
		return "connect to the server itself, or to a port of the pooler that pools sessions, and run again: " + command + ". " + strandedLock(e.backend)
	}
	return fmt.Sprintf("take out of the migration what releases all locks, such as pg_advisory_unlock_all(), and run again: %s", command)
}
