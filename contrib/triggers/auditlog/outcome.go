package auditlog

import (
	"context"
	"errors"
	"iter"
	"slices"

	"github.com/jackc/pgx/v5"
)

// An Outcome is what undoing a transaction did, or would do.
type Outcome struct {
	Counts []Count // in the order of their first statements

	work *retraction
	tx   pgx.Tx // in which the statements are read; nil: closed
}

// A Count is how many rows of a model are changed in one way.
type Count struct {
	Model     string
	Operation string // what undoing does: DELETE for what was inserted
	Rows      int
}

// A Statement undoes changes of one table.
type Statement struct {
	Count
	SQL string // to read or to run
}

// Statements returns the statements in their order, if the Undo said that they are
// wanted. They are made again from the log as they are asked for, so that not all of
// them are held. An error is the last thing that is returned.
func (o *Outcome) Statements(ctx context.Context) iter.Seq2[Statement, error] {
	return func(yield func(Statement, error) bool) {
		err := o.work.done(ctx, func(v *reversal) error {
			s, err := v.statement()
			if err == nil && !yield(s, nil) {
				err = errStop
			}
			return err
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(Statement{}, problemOf("reading the audit log", err))
		}
	}
}

// Close ends the work on the database.
func (o *Outcome) Close(ctx context.Context) {
	if o.tx != nil {
		_ = o.tx.Rollback(ctx) // nothing is left to be done in it
	}
	o.tx = nil
}

// counted adds the rows of a reversal to the counts.
func counted(counts []Count, v *reversal) []Count {
	i := slices.IndexFunc(counts, func(c Count) bool { return c.Model == v.model && c.Operation == v.verb() })
	if i < 0 {
		return append(counts, v.count())
	}
	counts[i].Rows += len(v.rows)
	return counts
}

func (v *reversal) count() Count {
	return Count{Model: v.model, Operation: v.verb(), Rows: len(v.rows)}
}

func (v *reversal) statement() (Statement, error) {
	payload, err := v.payload()
	return Statement{Count: v.count(), SQL: v.sql(literal(payload))}, err
}
