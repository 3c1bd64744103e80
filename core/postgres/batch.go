package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// A Batch is statements that are run in one transaction, or outside of any.
type Batch struct {
	Statements []string
	Outside    bool
}

// Run runs statements that are no migration, and records nothing. The error names the
// statement; batches before are committed.
func (e *Executor) Run(ctx context.Context, batches []Batch) error {
	for _, b := range batches {
		if err := e.runBatch(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

func (e *Executor) runBatch(ctx context.Context, b Batch) error {
	if b.Outside {
		if _, err := simple(ctx, e.db.conn, "RESET ROLE"+e.options.role("SESSION")); err != nil {
			return err
		}
		return runAll(ctx, e.db.conn, b.Statements)
	}
	return e.book(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, fmt.Sprintf("SET LOCAL lock_timeout = %d", e.options.lockTimeout().Milliseconds())+e.options.role("LOCAL"), pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		return runAll(ctx, tx, b.Statements)
	})
}

func runAll(ctx context.Context, on execer, statements []string) error {
	for _, s := range statements {
		if _, err := on.Exec(ctx, s); err != nil {
			line, _, _ := strings.Cut(s, "\n")
			return wrap(line, err)
		}
	}
	return nil
}
