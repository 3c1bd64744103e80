// Package auditlog reads the audit log of a database, and takes transactions back.
//
// The triggers of the plugin triggers write the log; package record has the names
// that both sides go by. The commands of whimbrel audit are made of this package.
// It reads in one transaction that changes nothing, and holds a batch of records at
// a time, however many there are. It never changes the log.
package auditlog

import (
	"context"
	"errors"
	"iter"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// A Log is the audit log of a database with its history tables. It is for one
// goroutine at a time.
type Log struct {
	db    *postgres.Database
	batch int // how many records are held of one table, and undone by one statement
}

// defaultBatch is enough for a round trip to count for little.
const defaultBatch = 1000

// New returns the audit log of a database, which stays the caller's to close.
func New(db *postgres.Database) *Log { return &Log{db: db, batch: defaultBatch} }

// Records returns the records that a query asks for, of the log and of the history
// tables, in the order of their times. They are read as they are asked for; until
// the last one, or until the loop ends, the database is not to be used otherwise. An
// error is the last thing that is returned; for a mistake of the user it is a
// diag.Diagnostic.
func (l *Log) Records(ctx context.Context, q Query) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		err := l.read(ctx, func(tx pgx.Tx) error {
			s, err := q.open(ctx, tx, l.batch, false)
			if err != nil {
				return err
			}
			return s.each(ctx, func(r Record) error {
				if !yield(r, nil) {
					return errStop
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(Record{}, problemOf("reading the audit log", err))
		}
	}
}

var errStop = errors.New("no more records are wanted")

// collect returns all records that a query asks for.
func (l *Log) collect(ctx context.Context, q Query) ([]Record, error) {
	var found []Record
	for r, err := range l.Records(ctx, q) {
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}

// Newest returns the newest record that a query asks for, nil if there is none.
func (l *Log) Newest(ctx context.Context, q Query) (*Record, error) {
	q.Limit, q.Oldest = 1, false
	found, err := l.collect(ctx, q)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// read runs queries of the log.
func (l *Log) read(ctx context.Context, do func(tx pgx.Tx) error) error {
	return l.db.Read(ctx, func(tx pgx.Tx) error {
		there := false
		if err := tx.QueryRow(ctx, "SELECT pg_catalog.to_regclass($1::text) IS NOT NULL", record.Log).Scan(&there); err != nil {
			return err
		}
		if !there {
			return errNoLog
		}
		return do(tx)
	})
}
