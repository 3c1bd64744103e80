package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// poolerPatience is how long another connection may take to find out whether a
// pooler shares out the server's processes.
const poolerPatience = 3 * time.Second

// sharesBackends reports whether the connection goes through a pooler that gives it
// another process of the server, or ours to somebody else, from transaction to
// transaction. What a session has - settings, locks, temporary tables - is lost then,
// or left to somebody else.
//
// A pooler tells its clients process numbers of its own making. Where there is one, a
// second connection is opened: if it gets the process that served this one, or this
// one gets another now, they are shared.
func (d *Database) sharesBackends(ctx context.Context, pid uint32) (bool, error) {
	if pid == d.conn.PgConn().PID() {
		return false, nil
	}
	asking, stop := context.WithTimeout(ctx, poolerPatience)
	defer stop()
	second, err := d.another(asking)
	if err != nil {
		return false, ctx.Err() // no more are to be had: it cannot be found out now
	}
	defer func() { _ = second.Close(context.WithoutCancel(ctx)) }()
	other, err := backend(asking, second, "BEGIN; ") // and holds it
	if codeOf(err) == protocolViolation {            // by statements: nothing can be done in one transaction
		return true, problemOfPooler(d.String(), "Nothing was changed.")
	}
	if err != nil || other == pid {
		return err == nil, ctx.Err()
	}
	again, err := backend(asking, d.conn, "")
	return err == nil && again != pid, err
}

// backend returns the process of the server that a connection has now.
func backend(ctx context.Context, conn *pgx.Conn, before string) (uint32, error) {
	results, err := simple(ctx, conn, before+"SELECT pg_catalog.pg_backend_pid()")
	if err != nil || len(results) == 0 || len(results[len(results)-1].Rows) != 1 {
		return 0, errors.Join(err, errNoAnswer)
	}
	pid, err := strconv.ParseUint(string(results[len(results)-1].Rows[0][0]), 10, 32)
	return uint32(pid), err
}

var errNoAnswer = errors.New("the server did not answer")

// problemOfPooler returns the problem of a connection that does not keep its session.
func problemOfPooler(at, outcome string) diag.Diagnostic {
	return problem("WH5010", "the connection to "+at+" goes through a transaction pooler",
		"Each transaction may be run by another process of the server, so that the lock which keeps others from migrating at the same "+
			"time is left behind, and settings get lost. "+outcome,
		"connect to the server itself, or to a port of the pooler that pools sessions (PgBouncer: pool_mode = session)")
}

// strandedLock says how to get rid of a lock that nobody holds any more.
func strandedLock(pid uint32) string {
	return fmt.Sprintf("The lock may be left with process %d of the server until the pooler closes that connection, or until somebody runs: "+
		"SELECT pg_terminate_backend(%d)", pid, pid)
}
