package auditlog

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// A stream is the records of several tables, merged by their times. Each table's
// own are in the order of their numbers.
type stream struct {
	cursors []*cursor // the log's first
	oldest  bool      // first
	limit   int       // 0: none
	past    past      // of the model whose records get the names of now
	count   int
}

// open begins to read what a query asks for. What scrolls can be read again.
func (q Query) open(ctx context.Context, tx pgx.Tx, batch int, scroll bool) (*stream, error) {
	s := &stream{oldest: q.Oldest, limit: q.Limit}
	add := func(history, sql string, args []any) error {
		c := &cursor{tx: tx, name: fmt.Sprintf("whimbrel_audit_%d", len(s.cursors)), history: history, batch: batch}
		s.cursors = append(s.cursors, c)
		return c.declare(ctx, sql, args, scroll)
	}
	renames, err := readRenames(ctx, tx)
	if err != nil {
		return nil, err
	}
	shape, err := readShape(ctx, tx)
	if err != nil {
		return nil, err
	}
	then := pastOf(renames, q.Models)
	if q.Present {
		s.past = then
	}
	sql, args := q.sql(shape, then)
	if err := q.steered(ctx, tx, func() error { return add("", sql, args) }); err != nil {
		return nil, err
	}
	histories, err := readHistories(ctx, tx, renames)
	if err != nil {
		return nil, err
	}
	for _, h := range histories {
		if sql, args, asked := q.history(h); asked {
			if err := add(h.sql(), sql, args); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// steered has the log read by its index where rows are wanted. PostgreSQL takes a
// BRIN index of hashes for worse than it is, as it judges all such indexes by the
// order of the values; so it is left no other way.
func (q Query) steered(ctx context.Context, tx pgx.Tx, do func() error) error {
	if len(q.Rows) == 0 {
		return do()
	}
	if _, err := tx.Exec(ctx, "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "SET LOCAL enable_seqscan = DEFAULT; SET LOCAL enable_indexscan = DEFAULT")
	return err
}

// each calls a function for each record, until it returns an error.
func (s *stream) each(ctx context.Context, do func(r Record) error) error {
	for s.limit == 0 || s.count < s.limit {
		first, err := s.first(ctx)
		if err != nil || first == nil {
			return err
		}
		next := first.held[0]
		first.take()
		s.count++
		if err := do(s.past.present(next)); err != nil {
			return err
		}
	}
	return nil
}

// first returns the cursor whose next record comes first, nil at the end. Of
// records of one time, those of the log do.
func (s *stream) first(ctx context.Context) (*cursor, error) {
	var first *cursor
	var best *Record
	for _, c := range s.cursors {
		head, err := c.head(ctx)
		if err != nil {
			return nil, err
		}
		if head != nil && (best == nil || s.oldest && head.At.Before(best.At) || !s.oldest && head.At.After(best.At)) {
			first, best = c, head
		}
	}
	return first, nil
}

// held returns how many records are in memory.
func (s *stream) held() int {
	total := 0
	for _, c := range s.cursors {
		total += len(c.held)
	}
	return total
}

// rewind goes back to the first record of a stream that scrolls.
func (s *stream) rewind(ctx context.Context) error {
	s.count = 0
	for _, c := range s.cursors {
		if err := c.rewind(ctx); err != nil {
			return err
		}
	}
	return nil
}
