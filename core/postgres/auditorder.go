package postgres

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// A waiting is why a reversal cannot be done before others: rows refer to what it
// would delete. If none of the others changes that, they are conflicts.
type waiting []string

func (w waiting) Error() string { return strings.Join(w, "; ") }

// run does reversals in their order. One that a foreign key does not let through
// is done after the others, in which the row may come back that it needs: where a
// deletion took rows along, theirs are recorded after it.
func (u *undoing) run(ctx context.Context, list []*reversal) ([]AuditReversal, error) {
	var done []AuditReversal
	for len(list) > 0 {
		var later []*reversal
		var why error
		kept := map[string]bool{}
		for _, r := range list {
			if r.touches(kept) { // its rows are changed by one that waits
				later = append(later, r.hold(kept))
				continue
			}
			shown, err := u.attempt(ctx, r)
			if waits(err) {
				why, later = err, append(later, r.hold(kept))
				continue
			}
			if err != nil {
				return done, err
			}
			done = append(done, shown)
		}
		if len(later) == len(list) {
			return done, u.stuck(why)
		}
		list = later
	}
	return done, nil
}

// attempt does a reversal, or nothing.
func (u *undoing) attempt(ctx context.Context, r *reversal) (AuditReversal, error) {
	var shown AuditReversal
	err := pgx.BeginFunc(ctx, u.tx, func(tx pgx.Tx) error {
		var err error
		shown, err = u.reverse(ctx, tx, r)
		return err
	})
	return shown, err
}

// waits reports whether a reversal may be possible later.
func waits(err error) bool {
	var server *pgconn.PgError
	var rows waiting
	return errors.As(err, &rows) || errors.As(err, &server) && server.Code == "23503"
}

// stuck returns why nothing goes on. What is known to be a conflict is told first.
func (u *undoing) stuck(why error) error {
	var rows waiting
	if errors.As(why, &rows) {
		u.conflicts = append(u.conflicts, rows...)
		return nil
	}
	if len(u.conflicts) > 0 {
		return nil
	}
	return why
}

// hold notes the rows of a reversal and returns it.
func (r *reversal) hold(kept map[string]bool) *reversal {
	for _, row := range r.rows {
		kept[r.model+string(row.Key)] = true
	}
	return r
}

func (r *reversal) touches(kept map[string]bool) bool {
	for _, row := range r.rows {
		if kept[r.model+string(row.Key)] {
			return true
		}
	}
	return false
}
