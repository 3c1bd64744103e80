package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A Respondent is a database that can be asked something, changing nothing: as it is, or
// as it would be at some point of a way back.
type Respondent interface {
	Probe(ctx context.Context, query string) (bool, error)
	Count(ctx context.Context, query string) (int64, error)
}

// ErrUnknown is returned by Probe if the database cannot tell.
var ErrUnknown = errors.New("the database cannot tell")

// A ValueError is why the database cannot tell, if it is a value: one that cannot be
// converted, such as 'P1' to an integer.
type ValueError struct {
	Message string // of the server
}

// Error returns the server's words.
func (e ValueError) Error() string { return e.Message }

// dataException is the class of the errors about values.
const dataException = "22"

// Probe runs a query with one boolean result and returns it; no row or NULL is
// false. It changes nothing: it is one SELECT, in a transaction that is read-only and
// is looked at afterwards. The error wraps ErrUnknown if the query names a
// table, column or type that is not there, takes too long, looks at rows that the
// user may not see, or at a value that it cannot convert.
func (d *Database) Probe(ctx context.Context, query string) (bool, error) {
	return probe[bool](ctx, d, query)
}

// Count runs a query whose result is a number, in the way of Probe.
func (d *Database) Count(ctx context.Context, query string) (int64, error) {
	return probe[int64](ctx, d, query)
}

func probe[T any](ctx context.Context, d *Database, query string) (found T, err error) {
	if err := checkProbe(query); err != nil {
		return found, err
	}
	err = pgx.BeginTxFunc(ctx, d.conn, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 30000; SET LOCAL lock_timeout = 3000; SET LOCAL row_security = off")
		if err != nil {
			return err
		}
		found, err = scanProbe[T](ctx, tx, query)
		return errors.Join(err, still(d.conn, query))
	})
	if err != nil {
		return found, unknown(ctx, err)
	}
	return found, nil
}

// checkProbe refuses what is not one query. A semicolon anywhere but at the end could
// be that of a second statement.
func checkProbe(query string) error {
	single := strings.TrimRight(query, sqltext.Blanks+";")
	semicolon := func(t sqltext.Token) bool { return t.Kind == sqltext.Semicolon || t.Open }
	if slices.Contains([]string{"SELECT", "WITH", "VALUES", "TABLE"}, sqltext.Keyword(single)) &&
		!slices.ContainsFunc(slices.Collect(sqltext.Scan(single)), semicolon) && len(sqltext.Disturbances(single)) == 0 {
		return nil
	}
	return notProbe(query, "A probe is asked before rows are lost, and changes nothing.")
}

// still returns the error of a query after which its transaction is not open any more.
func still(conn *pgx.Conn, query string) error {
	if conn.IsClosed() || conn.PgConn().TxStatus() != 'I' {
		return nil
	}
	return notProbe(query, "It ended the transaction that it was asked in, so nothing more was done.")
}

func notProbe(query, why string) error {
	words := strings.Join(strings.Fields(query), " ")
	return problem("WH5209", fmt.Sprintf("the probe of a hazard is not one SELECT: %.100q", words), why,
		"correct the probe in the migration's file and seal it, or allow the hazard: --allow data_loss")
}

func scanProbe[T any](ctx context.Context, on interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}, query string,
) (found T, err error) {
	var result *T
	err = on.QueryRow(ctx, query).Scan(&result)
	if result != nil {
		found = *result
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return found, nil
	}
	return found, err
}

func unknown(ctx context.Context, err error) error {
	code := codeOf(err)
	if said, ok := errors.AsType[*pgconn.PgError](err); ok && strings.HasPrefix(code, dataException) {
		return errors.Join(ErrUnknown, ValueError{said.Message})
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
