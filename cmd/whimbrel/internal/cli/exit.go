package cli

import (
	"context"
	"errors"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

// The exit codes.
const (
	exitDone        = 0
	exitFailure     = 1
	exitChanges     = 2 // make --check: there are changes
	exitHazard      = 3 // a hazard that no --allow names
	exitDrift       = 4
	exitBusy        = 5 // another run holds the lock; try again
	exitInterrupted = 6
	exitUsage       = 64
)

// An exitError ends the command with a code of its own. Without an error in it
// there is nothing more to say than what the command printed.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

// usage returns the error for a wrong command line.
func usage(err error) error { return exitError{code: exitUsage, err: err} }

// exitCode returns the code that an error ends the process with.
func exitCode(ctx context.Context, err error) int {
	var exit exitError
	var busy *postgres.LockBusyError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &busy):
		return exitBusy
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitFailure
}
