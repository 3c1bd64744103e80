package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// An Executor runs scripts on a database. It holds the lock that keeps others
// from doing so at once, so what Applied says stays true until it is closed. It
// is for one goroutine at a time.
type Executor struct {
	db      *Database
	options Options
	backend uint32   // the server's process that holds the lock
	applied []string // IDs of the scripts run so far
	settled bool     // the session is as it was when it was connected
	traces  map[trace]bool
	kept    bool // the server keeps the plans of what closes a transaction
	census  census
}

// What a caller may find out from an error of an Executor.
var (
	// ErrApplied is returned by Apply for a migration that is applied.
	ErrApplied = errors.New("the migration is applied already")
	// ErrNotApplied is returned by Rollback for a migration that is not applied.
	ErrNotApplied = errors.New("the migration is not applied")
)

// Open takes the lock and makes the record if the database has none. It returns
// a *LockBusyError if somebody else has the lock for longer than the options
// allow. The database is for the Executor until it is closed.
func Open(ctx context.Context, db *Database, options Options) (*Executor, error) {
	if err := db.writable(); err != nil {
		return nil, err
	}
	backend, err := lock(ctx, db.conn, options.Wait, options.Waiting)
	if err != nil {
		return nil, err
	}
	e := &Executor{db: db, options: options, backend: backend}
	var lost lostLock
	if err = e.alone(ctx); errors.As(err, &lost) {
		err = problemOfPooler(db.String(), "Nothing was changed. "+strandedLock(backend))
	}
	if err == nil {
		err = mayTake(ctx, db, options.Role)
	}
	if err == nil {
		err = prepare(ctx, db.conn)
	}
	if err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

// Close releases the lock.
func (e *Executor) Close() error {
	if e.db.conn.IsClosed() {
		return nil // the server released it
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return e.unlock(ctx)
}

// Applied returns the applied migrations in the order in which they were applied.
func (e *Executor) Applied(ctx context.Context) ([]AppliedMigration, error) { return e.db.Applied(ctx) }

// Apply runs a script up. What fits into one transaction is applied completely
// or not at all, whatever happens; what does not goes on from where it was
// interrupted. It returns ErrApplied, a *ScriptError if a statement fails, or an
// *InDoubtError if it is not known how an interrupted run ended.
func (e *Executor) Apply(ctx context.Context, s Script, o Observer) error {
	return e.run(ctx, s, Up, o)
}

// Rollback runs a script down; see Apply. It returns ErrNotApplied if neither the
// migration nor a part of it is applied.
func (e *Executor) Rollback(ctx context.Context, s Script, o Observer) error {
	return e.run(ctx, s, Down, o)
}

// Fake records a migration as applied, or for Down as not applied, and runs
// nothing.
func (e *Executor) Fake(ctx context.Context, s Script, d Direction) error {
	r := &run{executor: e, script: s, direction: d, faked: true, started: time.Now(), calm: s.calm(d)}
	if err := r.load(ctx); err != nil {
		return err
	}
	if err := r.define(ctx); err != nil {
		return err
	}
	e.traces[traceOf(s)] = true
	err := e.book(ctx, func(tx pgx.Tx) error { return r.record(ctx, tx, s.Steps, true) })
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return r.failure(ctx, Step{}, Statement{}, err)
	}
	return err
}

// Settle records for an operation that is in doubt whether it is in effect.
func (e *Executor) Settle(ctx context.Context, s Script, number int, inEffect bool) error {
	for _, step := range s.Steps {
		if step.Number == number {
			d := Down
			if inEffect {
				d = Up
			}
			return e.book(ctx, func(tx pgx.Tx) error {
				if err := write(ctx, tx, s, d, done, step); err != nil {
					return err
				}
				return e.note(ctx, tx, JournalEntry{Action: Settled, App: s.App, Migration: s.ID, Operation: number, Detail: string(d)})
			})
		}
	}
	return fmt.Errorf("migration %s has no operation %d", s.ID, number)
}

func (e *Executor) run(ctx context.Context, s Script, d Direction, o Observer) error {
	watched := &serial{observer: o}
	e.db.notice = watched.Notice
	defer func() { e.db.notice = nil }()
	r := &run{executor: e, script: s, direction: d, observer: watched, started: time.Now(), calm: s.calm(d) && e.options.Role == ""}
	if err := r.begin(ctx); err != nil {
		return err
	}
	if len(r.progress.Doubt) > 0 && r.progress.Checksum == s.Checksum {
		if err := r.resolve(ctx); err != nil {
			return err
		}
	}
	if err := r.check(); err != nil {
		return err
	}
	if err := r.define(ctx); err != nil {
		return err
	}
	e.settled, e.traces[traceOf(s)] = false, true
	if err := r.all(ctx); err != nil {
		e.noteFailure(ctx, r.entry(err.Error()))
		return err
	}
	e.settled = r.calm
	e.applied = append(e.applied, s.ID)
	return nil
}

// book writes to the record in a transaction of its own, whatever a script before has
// set for the session.
func (e *Executor) book(ctx context.Context, do func(tx pgx.Tx) error) error {
	tx, err := e.db.Begin(ctx)
	if err != nil {
		return err
	}
	if err = ownAgain(ctx, tx); err == nil {
		err = do(tx)
	}
	if err != nil {
		_ = tx.Rollback(context.WithoutCancel(ctx)) // the first error says more
		return err
	}
	return tx.Commit(ctx)
}

// ownAgain gives a transaction the user who connected, and the encoding in which the
// record is written: a script may have taken others.
func ownAgain(ctx context.Context, on execer) error {
	for _, sql := range []string{"RESET SESSION AUTHORIZATION", "RESET ROLE", "SET LOCAL client_encoding = 'UTF8'"} {
		if _, err := on.Exec(ctx, sql); err != nil {
			return err
		}
	}
	return nil
}
