package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ErrUnknown is returned by Probe if the database cannot tell.
var ErrUnknown = errors.New("the database cannot tell")

// Probe runs a query with one boolean result and returns it; no row or NULL is
// false. It changes nothing. The error wraps ErrUnknown if the query names a
// table, column or type that is not there, or takes too long.
func (d *Database) Probe(ctx context.Context, query string) (bool, error) {
	var found bool
	err := pgx.BeginTxFunc(ctx, d.conn, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 30000; SET LOCAL lock_timeout = 3000")
		if err != nil {
			return err
		}
		found, err = scanProbe(ctx, tx, query)
		return err
	})
	if err != nil {
		return false, unknown(ctx, err)
	}
	return found, nil
}

func scanProbe(ctx context.Context, on interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}, query string,
) (bool, error) {
	var result *bool
	err := on.QueryRow(ctx, query).Scan(&result)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return result != nil && *result, err
}

func unknown(ctx context.Context, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) || ctx.Err() != nil {
		return wrap("probing the database", err)
	}
	switch server.Code {
	case "42P01", "42703", "42704", "42883", "3F000", // there is no such table, column, type, function or schema
		"57014", lockNotAvailable: // it takes too long
		return errors.Join(ErrUnknown, server)
	}
	return wrap("probing the database", err)
}
