package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// A trace is a migration that the record has something of: that it is applied, or an
// operation that was run once.
type trace struct{ app, id string }

func traceOf(s Script) trace { return trace{s.App, s.ID} }

// left reports whether the record has something of a script. What there was when the
// lock was taken is read once, for nobody else writes the record meanwhile.
func (e *Executor) left(ctx context.Context, s Script) (bool, error) {
	if e.traces == nil {
		rows, err := e.db.conn.Query(ctx, "SELECT app, id FROM whimbrel.migrations UNION SELECT app, migration FROM whimbrel.operation_log")
		if err != nil {
			return false, wrap("reading the record", err)
		}
		e.traces = map[trace]bool{}
		var t trace
		_, err = pgx.ForEachRow(rows, []any{&t.app, &t.id}, func() error {
			e.traces[t] = true
			return nil
		})
		if err != nil {
			e.traces = nil
			return false, wrap("reading the record", err)
		}
	}
	return e.traces[traceOf(s)], nil
}
