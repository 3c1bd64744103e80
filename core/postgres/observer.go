package postgres

import "time"

// An Observer is told what an Executor does, as it does it. Its methods are
// called one at a time, from goroutines of the Executor; they must not call it.
type Observer interface {
	// Begin is called before a script is run.
	Begin(s Script, d Direction)
	// Start and Operation are called before and after each operation that is run.
	// After a Retry they are called again for the same operations.
	Start(step Step)
	Operation(step Step, took time.Duration)
	// Waiting is called while an operation waits for locks of other sessions.
	Waiting(step Step, blockers []Session)
	// Retry is called before a transaction is tried again because of a lock.
	Retry(attempt int, wait time.Duration, why error)
	// Notice is called for a message of the server, such as a RAISE NOTICE.
	Notice(severity, message string)
	// Done is called when a script is committed.
	Done(s Script, d Direction, took time.Duration)
}

// Silent is an Observer that does nothing. Embed it in one that listens to some
// things only.
type Silent struct{}

// Begin does nothing.
func (Silent) Begin(Script, Direction) {}

// Start does nothing.
func (Silent) Start(Step) {}

// Operation does nothing.
func (Silent) Operation(Step, time.Duration) {}

// Waiting does nothing.
func (Silent) Waiting(Step, []Session) {}

// Retry does nothing.
func (Silent) Retry(int, time.Duration, error) {}

// Notice does nothing.
func (Silent) Notice(string, string) {}

// Done does nothing.
func (Silent) Done(Script, Direction, time.Duration) {}
