package auditlog

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A shape is what the log, or a history table, has: that of a database whose audits
// were made by a program from before lacks what came later.
type shape struct {
	number string // the column of the records' numbers
	later  bool   // it has Began and Place
}

func readShape(ctx context.Context, tx pgx.Tx) (shape, error) {
	s := shape{number: record.ID}
	err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_attribute a
		WHERE a.attrelid = $1::text::pg_catalog.regclass AND a.attname = $2 AND NOT a.attisdropped)`, record.Log, record.Place).Scan(&s.later)
	return s, err
}

// began and place return the columns, of the table as l.
func (s shape) began() string {
	if s.later {
		return "l." + record.Began
	}
	return "NULL::timestamptz"
}

func (s shape) place() string {
	if s.later {
		return "l." + record.Place
	}
	return "NULL::bigint"
}

// order returns what records are ordered by: the numbers in whose places they belong,
// behind those that belong before others.
func (s shape) order(row string) []string {
	number := row + "." + s.number
	if !s.later {
		return []string{number}
	}
	place := row + "." + record.Place
	return []string{"least(" + place + ", " + number + ")", place + " IS NULL", row + "." + record.At, number}
}

// tuple returns the same as one value to compare.
func (s shape) tuple(row string) string { return "(" + strings.Join(s.order(row), ", ") + ")" }
