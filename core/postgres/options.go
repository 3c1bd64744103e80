package postgres

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// Options say how an Executor runs scripts. The zero value is good.
type Options struct {
	// Version is that of whimbrel, for the record.
	Version string
	// Operator is who runs it, and where, such as "deploy@ci-7", for the journal. Empty:
	// nobody is named.
	Operator string
	// Role is who the scripts are run as, such as the owner of the tables; the record is
	// written by the user who connected. Empty: that user.
	Role string
	// LockTimeout is how long a statement waits for locks of other sessions before
	// the transaction is rolled back and tried again. 0: 3 seconds.
	LockTimeout time.Duration
	// BuildTimeout is how long an index that is built or dropped CONCURRENTLY waits for
	// other transactions. That keeps nobody from working, and to begin anew costs as
	// much as it did before. 0: an hour.
	BuildTimeout time.Duration
	// StatementTimeout limits each statement in a transaction. 0: no limit.
	StatementTimeout time.Duration
	// Retries is how often a transaction is tried again. 0: 10; negative: never.
	Retries int
	// Backoff is the time before the first retry; it doubles each time, up to 10
	// seconds. 0: 200 milliseconds.
	Backoff time.Duration
	// Wait is how long to wait for somebody else who is migrating the database.
	Wait time.Duration
	// Definitions are queries that read the objects of the database; see detect.Definer.
	// With some, it is recorded how the server defines what a migration has touched.
	Definitions []detect.CatalogQuery
	// Waiting, if set, is called with who it is, again and again.
	Waiting func(holder Session)
}

const maxBackoff = 10 * time.Second

// role returns the SQL that takes the role, for the transaction or the session.
func (o Options) role(scope string) string {
	if o.Role == "" {
		return ""
	}
	return "; SET " + scope + " ROLE " + address.Quote(o.Role)
}

func (o Options) lockTimeout() time.Duration {
	if o.LockTimeout == 0 {
		return 3 * time.Second
	}
	return o.LockTimeout
}

func (o Options) buildTimeout() time.Duration {
	if o.BuildTimeout == 0 {
		return time.Hour
	}
	return o.BuildTimeout
}

func (o Options) retries() int {
	if o.Retries == 0 {
		return 10
	}
	return max(o.Retries, 0)
}

// backoff returns the time to wait before a retry, counted from 1, with jitter,
// so that two who wait for each other do not meet again.
func (o Options) backoff(attempt int) time.Duration {
	wait := o.Backoff
	if wait == 0 {
		wait = 200 * time.Millisecond
	}
	for range attempt - 1 {
		wait = min(2*wait, maxBackoff)
	}
	return wait/2 + rand.N(wait/2+1)
}

// An execer runs SQL that is about the record: a connection or a transaction.
type execer interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}
