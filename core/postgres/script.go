package postgres

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Script is a migration as it is run.
type Script struct {
	App, ID  string
	Checksum string   // of its file
	Parents  []string // IDs of the migrations that come right before it
	File     string   // path of its file, for messages
	Text     string   // of its file, for the record; empty: not kept
	Steps    []Step   // in the order of running up
	// Emptied is what is emptied before it is rolled back.
	Emptied Clearance
}

// A Clearance is tables, as SQL, whose rows are thrown away before a script is rolled
// back, as they would be in its way and are dropped later on anyway.
type Clearance struct {
	Tables []string
	// With are tables that may be emptied along: those that refer to the rows, or
	// inherit from the table. The tables themselves are among them.
	With []string
}

// A Step is one operation of a Script.
type Step struct {
	Number int    // from 1
	Kind   string // "create_model"
	Target string // the address, or "" for SQL written by hand
	// Transaction is how it has to be run.
	Transaction operation.Transaction
	// Up and Down are the statements of each direction, in the order of running. A
	// step that only changes the state has none.
	Up, Down []Statement
}

// A Statement is SQL without a semicolon. It may be several statements with
// semicolons between them.
type Statement struct {
	SQL  string
	Line int // of its beginning in the file, from 1; 0: unknown
}

// A Direction is the way in which a script is run.
type Direction string

// The directions.
const (
	Up   Direction = "up"
	Down Direction = "down"
)

// opposite returns the other direction.
func (d Direction) opposite() Direction {
	if d == Up {
		return Down
	}
	return Up
}

// Statements returns what the step runs in a direction.
func (s Step) Statements(d Direction) []Statement {
	if d == Down {
		return s.Down
	}
	return s.Up
}

// String returns the kind and the target.
func (s Step) String() string {
	if s.Target == "" {
		return s.Kind
	}
	return s.Kind + " " + s.Target
}

// step returns the step with a number, zero if there is none.
func (s Script) step(number int) Step {
	for _, step := range s.Steps {
		if step.Number == number {
			return step
		}
	}
	return Step{}
}

// ordered returns the steps in the order of a direction.
func (s Script) ordered(d Direction) []Step {
	steps := slices.Clone(s.Steps)
	if d == Down {
		slices.Reverse(steps)
	}
	return steps
}

// groups divides steps at the boundaries of transactions: each group is one
// transaction, or a single step outside of one.
func groups(steps []Step, d Direction) [][]Step {
	var found [][]Step
	open := false
	for _, step := range steps {
		alone := outside(step, d)
		if !open || alone {
			found = append(found, nil)
		}
		last := len(found) - 1
		found[last] = append(found[last], step)
		open = !alone && step.Transaction != operation.Committed
	}
	return found
}

// outside reports whether a step is run outside a transaction.
func outside(s Step, d Direction) bool {
	return s.Transaction == operation.Outside && len(s.Statements(d)) > 0
}
