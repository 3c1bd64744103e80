package output

import (
	"context"
	"errors"

	"github.com/whimbreldb/whimbrel/core/postgres"
)

// The exit codes.
const (
	ExitDone        = 0
	ExitFailure     = 1
	ExitChanges     = 2 // make --check: there are changes
	ExitHazard      = 3 // a hazard that no --allow names
	ExitDrift       = 4
	ExitBusy        = 5 // another run holds the lock; try again
	ExitInterrupted = 6
	ExitUsage       = 64
)

// An ExitError ends the command with a code of its own. Without an error in it
// there is nothing more to say than what the command printed.
type ExitError struct {
	Code int
	Err  error
}

func (e ExitError) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap returns the error that there is more to say of.
func (e ExitError) Unwrap() error { return e.Err }

// Usage returns the error for a wrong command line.
func Usage(err error) error { return ExitError{Code: ExitUsage, Err: err} }

// ExitCode returns the code that an error ends the process with.
func ExitCode(ctx context.Context, err error) int {
	var exit ExitError
	var busy *postgres.LockBusyError
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &exit):
		return exit.Code
	case errors.As(err, &busy):
		return ExitBusy
	case ctx.Err() != nil, errors.Is(err, context.Canceled):
		return ExitInterrupted
	}
	return ExitFailure
}
