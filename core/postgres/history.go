package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
)

// An AppliedMigration is a migration in the record of a database.
type AppliedMigration struct {
	App, ID    string
	Checksum   string // of the script that was run
	At         time.Time
	Took       time.Duration
	Operations int
	Version    string // of the whimbrel that ran it
	Faked      bool   // recorded without being run
}

// Applied returns the applied migrations in the order in which they were
// applied. A database without a record has none; nothing is made in it.
func (d *Database) Applied(ctx context.Context) (found []AppliedMigration, err error) {
	err = d.readRecord(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT app, id, checksum, applied_at, duration, operations, version, faked
			FROM whimbrel.migrations ORDER BY position`)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (AppliedMigration, error) {
			var a AppliedMigration
			err := row.Scan(&a.App, &a.ID, &a.Checksum, &a.At, &a.Took, &a.Operations, &a.Version, &a.Faked)
			return a, err
		})
		return err
	})
	return found, wrap("reading the applied migrations", err)
}

// Text returns the text of an applied migration's script as it was recorded, for
// a file that is gone. It is "" if the migration is not applied.
func (d *Database) Text(ctx context.Context, app, id string) (text string, err error) {
	err = d.readRecord(ctx, func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, "SELECT script FROM whimbrel.migrations WHERE app = $1 AND id = $2", app, id).Scan(&text)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		return err
	})
	return text, wrap("reading the text of "+id, err)
}

// readRecord reads the record of a database, if it has one.
func (d *Database) readRecord(ctx context.Context, do func(tx pgx.Tx) error) error {
	return d.Read(ctx, func(tx pgx.Tx) error {
		version, err := layoutVersion(ctx, tx)
		if err != nil || version == 0 {
			return err
		}
		if err = do(tx); codeOf(err) == notAllowed {
			return unreadableRecord(err)
		}
		return err
	})
}

// askRecorded asks whether a migration is in the record.
func (q *queue) askRecorded(s Script, recorded *bool) {
	q.ask(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, []any{recorded}, func() error { return nil })
		return wrap("reading the record of "+s.ID, err)
	}, "SELECT EXISTS (SELECT FROM whimbrel.migrations WHERE app = $1 AND id = $2)", s.App, s.ID)
}

func record(ctx context.Context, on execer, s Script, took time.Duration, version string, faked bool) error {
	_, err := on.Exec(ctx, recording,
		s.App, s.ID, s.Checksum, took, len(s.Steps), version, faked, s.Text)
	return wrap("recording "+s.ID, err)
}

func forget(ctx context.Context, on execer, s Script) error {
	_, err := on.Exec(ctx, "DELETE FROM whimbrel.migrations WHERE app = $1 AND id = $2", s.App, s.ID)
	return wrap("removing "+s.ID+" from the record", err)
}

const recording = `INSERT INTO whimbrel.migrations (app, id, checksum, duration, operations, version, faked, script)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
