package migration

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// A Script is a .sql file: everything that running a migration both ways needs.
type Script struct {
	Name    string // of the file
	Text    string // of the file, if a Dir read it: what was checked is what is run
	ID      string
	App     string
	Parents []string
	// Continues is the migration that this one goes on with; see Migration.
	Continues string
	Summary   string
	// By names who made it: "whimbrel 0.1.0, triggers 0.1.0". Empty if it is
	// written by hand.
	By string
	// Transaction is false where the file says NO TRANSACTION: goose then runs
	// each statement by itself. The steps say more exactly what needs what.
	Transaction bool
	// Opaque: the file has no directives of operations; its SQL is written by
	// hand, and all of it is one Step of the kind "sql".
	Opaque bool
	// Steps are in the order of running up; down runs them from last to first.
	Steps []Step
}

// A Step is one operation of a Script.
type Step struct {
	Number   int // from 1
	Kind     string
	Target   address.Address // zero for SQL written by hand
	Detector string
	// Transaction is how it has to be run.
	Transaction operation.Transaction
	// After are the numbers of the steps that this one builds on.
	After []int
	// Up and Down are what is run. A step that only changes the state has none.
	Up, Down []Statement
	// Irreversible is why there is no way back. Down is then a statement that
	// fails with this reason.
	Irreversible string
	Hazards      []operation.Hazard
	Line         int // of its directive in the Up section
}

// A Statement is one SQL statement of a file, without its semicolon.
type Statement struct {
	SQL  string
	Line int // of its beginning, from 1
}

// Step returns the step with a number, or nil.
func (s *Script) Step(number int) *Step {
	if number < 1 || number > len(s.Steps) {
		return nil
	}
	return &s.Steps[number-1]
}

// Hazards returns the hazards of one direction, by step, in the order written.
func (s *Script) Hazards(down bool) []operation.Hazard {
	var found []operation.Hazard
	for _, step := range s.Steps {
		for _, hazard := range step.Hazards {
			if hazard.Down == down {
				found = append(found, hazard)
			}
		}
	}
	return found
}

// Migration returns the script as a migration without edits.
func (s *Script) Migration() *Migration {
	m := &Migration{ID: s.ID, App: s.App, Parents: s.Parents, Opaque: s.Opaque}
	if s.Opaque {
		return m
	}
	for _, step := range s.Steps {
		m.Operations = append(m.Operations, step.Operation())
		m.Hashes = append(m.Hashes, step.Hashes())
	}
	return m
}

// Operation returns the step as an operation without edits.
func (s Step) Operation() operation.Operation {
	return operation.Operation{
		Kind: s.Kind, Target: s.Target, Detector: s.Detector, Hazard: s.Hazards,
		Transaction: s.Transaction, Irreversible: s.Irreversible,
		Up: sqlOf(s.Up), Down: sqlOf(s.Down),
	}
}

// Hashes returns the hashes of what the step runs.
func (s Step) Hashes() Hashes {
	return Hashes{Up: hashStatements(s.Up), Down: hashStatements(s.Down)}
}

func sqlOf(statements []Statement) []operation.Statement {
	var all []operation.Statement
	for _, s := range statements {
		all = append(all, operation.Statement{SQL: s.SQL})
	}
	return all
}
