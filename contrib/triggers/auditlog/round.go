package auditlog

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A round does the reversals whose turn it is, in their order. One that a foreign key
// does not let through waits for the next round, as the row that it needs may come
// back by then: where a deletion took rows along, theirs are recorded after it.
type round struct {
	number     int // from 1
	done, late int
	kept       rowSet // rows of reversals that wait
	why        error  // why the last one has to
}

// goRound goes rounds until nothing waits.
func (r *retraction) goRound(ctx context.Context) error {
	for number := 1; ; number++ {
		w := &round{number: number, kept: newRowSet()}
		err := r.each(ctx, func(n int, v *reversal) error {
			if r.roundOf(n) != number {
				return nil
			}
			return r.take(ctx, w, n, v)
		})
		switch {
		case err != nil:
			return err
		case w.late == 0:
			return nil
		case w.done == 0:
			return r.stuck(w.why)
		}
	}
}

// roundOf returns the round in which a reversal is done, as far as is known.
func (r *retraction) roundOf(n int) int { return max(1, r.rounds[n]) }

// take does a reversal, or has it wait.
func (r *retraction) take(ctx context.Context, w *round, n int, v *reversal) error {
	waits := w.kept.has(v) // its rows are changed by one that waits
	if !waits {
		err := pgx.BeginFunc(ctx, r.tx, func(tx pgx.Tx) error { return r.reverse(ctx, tx, v) })
		if waits = mayPass(err); waits {
			w.why = err
		} else if err != nil {
			return err
		}
	}
	if waits {
		w.kept.add(v)
		w.late++
		r.rounds[n] = w.number + 1
		return nil
	}
	w.done++
	r.counts = counted(r.counts, v)
	return nil
}

// mayPass reports whether a reversal may be possible later.
func mayPass(err error) bool {
	var server *pgconn.PgError
	var rows hold
	return errors.As(err, &rows) || errors.As(err, &server) && server.Code == "23503"
}

// stuck returns why nothing goes on. What is known to be a conflict is told first.
func (r *retraction) stuck(why error) error {
	var rows hold
	if errors.As(why, &rows) {
		r.conflicts.add(rows...)
		return nil
	}
	if !r.conflicts.empty() {
		return nil
	}
	return why
}

// A hold is why a reversal cannot be done before others: rows refer to what it would
// delete. If none of the others changes that, they are conflicts.
type hold []string

func (h hold) Error() string { return strings.Join(h, "; ") }

// reverse checks the rows of a reversal and undoes their changes. After conflicts the
// rest is looked at as well, so that all of them are told at once.
func (r *retraction) reverse(ctx context.Context, tx pgx.Tx, v *reversal) error {
	payload, err := v.payload()
	if err != nil {
		return fmt.Errorf("writing the rows of %s: %w", v.model, err)
	}
	if _, err := tx.Exec(ctx, v.locking(), payload); err != nil {
		return err
	}
	if r.ends == nil {
		changed, err := v.compare(ctx, tx, payload)
		if err != nil || len(changed) > 0 {
			r.conflicts.add(changed...)
			return err
		}
	}
	if err := v.follow(ctx, tx, payload); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, v.sql(parameter), payload)
	if err == nil && tag.RowsAffected() != int64(len(v.rows)) {
		err = r.keeps(v, tag.RowsAffected())
	}
	return err
}

// keeps says that rows did not change although they should have.
func (r *retraction) keeps(v *reversal, changed int64) error {
	return problem("WH5407", fmt.Sprintf("transaction %s cannot be undone: of %d rows of %s, %d took the %s",
		r.Transaction, len(v.rows), v.model, changed, v.verb()),
		"A trigger, a rule or a policy of the table keeps the others as they are. Nothing was changed.",
		"undo it by hand, beginning with: whimbrel audit log --transaction "+r.Transaction)
}

// done calls a function for each reversal in the order in which they were done.
func (r *retraction) done(ctx context.Context, do func(v *reversal) error) error {
	last := 1
	for _, number := range r.rounds {
		last = max(last, number)
	}
	for number := 1; number <= last; number++ {
		err := r.each(ctx, func(n int, v *reversal) error {
			if r.roundOf(n) != number {
				return nil
			}
			return do(v)
		})
		if err != nil {
			return err
		}
	}
	for _, v := range r.settled {
		if err := do(v); err != nil {
			return err
		}
	}
	return nil
}
