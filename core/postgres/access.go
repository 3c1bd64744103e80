package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// Read runs queries in a transaction that changes nothing and sees the database as
// it is at one moment. Nothing but the catalog is on the search path, and values and
// definitions are written the same way whatever the session's settings are. The
// errors of do are returned as they are.
func (d *Database) Read(ctx context.Context, do func(tx pgx.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, d.conn, options, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, pinningLocally()); err != nil {
			return err
		}
		return do(tx)
	})
}

// Begin begins a transaction that reads what is committed and may write, whatever
// the session's defaults are. Until its end nothing else is to be done with the
// database.
func (d *Database) Begin(ctx context.Context) (pgx.Tx, error) {
	tx, err := d.conn.BeginTx(ctx, writing)
	if err == nil && d.pooled {
		_, err = tx.Exec(ctx, pinningLocally())
	}
	return tx, err
}

// writing is how transactions begin that change something.
var writing = pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite}

// writable returns the problem of a database that cannot be migrated through this
// connection, nil if there is none.
func (d *Database) writable() error {
	switch {
	case d.pooled:
		return problemOfPooler(d.String(), "Nothing was changed.")
	case d.standby:
		return problem("WH5009", "the server at "+d.String()+" is a standby, which takes no changes",
			"It repeats what its primary does, and can only be read.",
			"connect to the primary: name its host, or all hosts with target_session_attrs=read-write in the URL")
	}
	return nil
}
