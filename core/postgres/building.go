package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// concurrently makes or drops an index without a lock that keeps others from writing.
// If that fails, what is left of an index that was not there before is dropped.
func (r *run) concurrently(ctx context.Context, step Step, statement Statement, c indexChange) (clean bool, err error) {
	before, err := c.state(ctx, r.conn())
	if err != nil {
		return true, r.failure(ctx, step, statement, err)
	}
	if err := r.exec(ctx, limitLocks(r.executor.options.buildTimeout())); err != nil {
		return true, r.failure(ctx, step, statement, err)
	}
	failed := r.watched(ctx, step, statement)
	again, done := context.WithTimeout(context.WithoutCancel(ctx), r.executor.options.lockTimeout()+5*time.Second)
	defer done()
	if r.conn().IsClosed() {
		return false, failed
	}
	err = r.exec(again, limitLocks(r.executor.options.lockTimeout()))
	after, looked := c.state(again, r.conn())
	switch err := errors.Join(err, looked); {
	case err != nil && failed == nil:
		return false, r.failure(ctx, step, statement, err)
	case err != nil:
		return false, failed
	case failed == nil && !c.drops && !after.valid:
		return true, r.failure(ctx, step, statement, invalidIndex{after.name})
	case failed == nil || before == after:
		return true, failed
	case c.drops:
		return false, failed
	}
	return r.dropInvalid(again, after) == nil, failed
}

func limitLocks(limit time.Duration) string {
	return fmt.Sprintf("SET lock_timeout = %d", limit.Milliseconds())
}

// dropInvalid drops an index that could not be built.
func (r *run) dropInvalid(ctx context.Context, s indexState) error {
	if !s.there {
		return nil
	}
	return r.exec(ctx, "DROP INDEX CONCURRENTLY "+s.name)
}

// An invalidIndex is why a statement failed that the server let pass: with IF NOT
// EXISTS an index counts that is there and of no use.
type invalidIndex struct{ name string }

func (e invalidIndex) Error() string {
	return "the index " + e.name + " was there already and is invalid: building it failed once, and nothing uses it"
}
