package whimbrel

import (
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// What a caller may want to tell apart, with errors.As.
type (
	// A LockBusyError says that somebody else is migrating the database, and who.
	LockBusyError = postgres.LockBusyError
	// A ScriptError is a statement that failed: with the migration, the operation, the
	// place in the file and what the server said.
	ScriptError = postgres.ScriptError
	// An InDoubtError says that the connection broke while a transaction was committed, so
	// that nobody knows whether it was.
	InDoubtError = postgres.InDoubtError
)

// A ForbiddenError says which hazards of the way forth Forbid names and Allow does not.
// Nothing was done.
type ForbiddenError struct{ runner.Prohibition }

// Error names the hazards.
func (e *ForbiddenError) Error() string { return e.Diagnostic().Error() + ": " + e.Diagnostic().Detail }

// A RefusedError says what a way back would lose, or why it would fail. Nothing was
// done.
type RefusedError struct{ runner.Refusal }

// Error names what would be lost.
func (e *RefusedError) Error() string { return e.Diagnostics().Err().Error() }
