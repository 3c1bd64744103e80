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
		if _, err := tx.Exec(ctx, pinned); err != nil {
			return err
		}
		return do(tx)
	})
}

// Begin begins a transaction that reads what is committed and may write, whatever
// the session's defaults are. Until its end nothing else is to be done with the
// database.
func (d *Database) Begin(ctx context.Context) (pgx.Tx, error) {
	return d.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite})
}
