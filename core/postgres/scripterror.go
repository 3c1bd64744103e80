package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A ScriptError says that a script failed, what has become of the database and
// what to do.
type ScriptError struct {
	Script    Script
	Direction Direction
	Step      Step      // zero: before the first operation or after the last
	Statement Statement // zero: none of the script's
	// Server is what the server said; nil if it is not the server that failed.
	Server *pgconn.PgError
	// Committed are the operations of the script that stay in effect, or for Down
	// stay rolled back. The others are as they were.
	Committed []int
	// Before are the IDs of the migrations that were run before by the same
	// Executor. They stay as they are.
	Before []string
	// Blockers are the sessions that it waited for, if it is about a lock.
	Blockers []Session
	// Lost: the connection was lost. If Statement is COMMIT, it is not known
	// whether the transaction was committed; the next run finds out.
	Lost bool
	user string // who the executor is connected as
	// Of a step outside a transaction: how many of its statements were run, and whether
	// it is recorded that nothing has changed.
	done  int
	clean bool
	faked bool // it was to be recorded only
	err   error
}

// failure makes the error for a statement of a step.
func (r *run) failure(ctx context.Context, step Step, statement Statement, err error) error {
	e := &ScriptError{
		Script: r.script, Direction: r.direction, Step: step, Statement: statement,
		Committed: slices.Clone(r.committed), Before: slices.Clone(r.executor.applied), err: err,
		user: r.executor.db.config.User, faked: r.faked,
	}
	errors.As(err, &e.Server)
	e.Lost = r.conn().IsClosed()
	if canceled := ctx.Err(); canceled != nil {
		e.err = canceled // however the driver puts it
		return e
	}
	if locked(err) {
		e.Blockers = r.blockers
	}
	return e
}

// Unwrap returns the reason: a *pgconn.PgError or the context's error.
func (e *ScriptError) Unwrap() error { return e.err }

// Interrupted reports whether it is the caller who wanted no more.
func (e *ScriptError) Interrupted() bool {
	return errors.Is(e.err, context.Canceled) || errors.Is(e.err, context.DeadlineExceeded)
}

// SQLState returns PostgreSQL's code of the error, or "" if it has none.
func (e *ScriptError) SQLState() string {
	if e.Server == nil {
		return ""
	}
	return e.Server.Code
}

// Certain reports whether it would fail again as long as nobody changes the data, the
// schema or the script: it is not about a lock, the load or the connection.
func (e *ScriptError) Certain() bool {
	state := e.SQLState()
	return len(state) == len(untranslatable) && slices.Contains([]string{"0A", dataException, "23", "2B", "42", "P0"}, state[:2])
}

// Error says in one line what failed and why.
func (e *ScriptError) Error() string { return e.what() + ": " + e.why() }

func (e *ScriptError) what() string {
	what := "migration " + e.Script.ID
	if e.Direction == Down {
		what = "rolling back migration " + e.Script.ID
	}
	if e.faked {
		what = "recording of " + what
	}
	verb := " failed"
	if e.Interrupted() {
		verb = " was interrupted"
	}
	switch {
	case e.Step.Number > 0:
		return fmt.Sprintf("%s%s at operation %d (%s)", what, verb, e.Step.Number, e.Step)
	case e.Statement.SQL == commit:
		return what + verb + " at its end"
	}
	return what + verb
}

func (e *ScriptError) why() string {
	switch {
	case e.Interrupted():
		return e.err.Error()
	case e.Lost:
		return "the connection to the server was lost"
	case e.Server != nil:
		return fmt.Sprintf("%s (SQLSTATE %s)", e.Server.Message, e.Server.Code)
	}
	return e.err.Error()
}

// Diagnostic returns the error for the user.
func (e *ScriptError) Diagnostic() diag.Diagnostic {
	d := diag.Diagnostic{Code: e.code(), Summary: e.Error(), Address: e.Step.Target, Next: e.next()}
	if e.SQLState() == untranslatable {
		if line, column := e.untranslated(); line > 0 {
			d.Range = lineRange(e.Script.File, line, column)
		}
	} else if e.Statement.Line > 0 {
		line, column := lineColumn(e.Statement.SQL, e.position())
		d.Range = lineRange(e.Script.File, e.Statement.Line+line-1, column)
	}
	d.Detail = strings.Join(e.details(), "\n")
	return d
}

func (e *ScriptError) code() string {
	var lost lostLock
	switch {
	case e.Interrupted():
		return "WH5303"
	case errors.As(e.err, &lost):
		return "WH5208"
	case e.Lost:
		return "WH5304"
	case locked(e.err):
		return "WH5302"
	}
	return "WH5301"
}

func (e *ScriptError) position() int {
	if e.Server == nil {
		return 0
	}
	return int(e.Server.Position)
}

func (r *run) lineOf(s Statement, line, column int) diag.Range {
	return lineRange(r.script.File, s.Line+line-1, column)
}

func lineRange(file string, line, column int) diag.Range {
	at := diag.Pos{Line: line, Column: column}
	return diag.Range{File: file, Start: at, End: at}
}
