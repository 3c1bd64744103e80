package postgres

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
)

// ErrUnknown is returned by Probe if the database cannot tell.
var ErrUnknown = errors.New("the database cannot tell")

// dataException is the class of the errors about values.
const dataException = "22"

// Probe runs a query with one boolean result and returns it; no row or NULL is
// false. It changes nothing. The error wraps ErrUnknown if the query names a
// table, column or type that is not there, takes too long, looks at rows that the
// user may not see, or at a value that it cannot convert.
func (d *Database) Probe(ctx context.Context, query string) (bool, error) {
	var found bool
	err := pgx.BeginTxFunc(ctx, d.conn, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 30000; SET LOCAL lock_timeout = 3000; SET LOCAL row_security = off")
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
	code := codeOf(err)
	if strings.HasPrefix(code, dataException) {
		return errors.Join(ErrUnknown, err)
	}
	switch code {
	case "42P01", "42703", "42704", "42883", "3F000", // there is no such table, column, type, function or schema
		queryCanceled, lockNotAvailable, // it takes too long
		notAllowed: // the user may not look at all rows
		if ctx.Err() == nil {
			return errors.Join(ErrUnknown, err)
		}
	}
	return wrap("probing the database", err)
}
