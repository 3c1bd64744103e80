package postgres

import (
	"errors"
	"fmt"
	"strings"
)

// details returns what a user should know about the error: the statement, what
// the server says, and what is committed and what is not.
func (e *ScriptError) details() []string {
	var lines []string
	if e.Statement.SQL != "" && e.Statement.SQL != commit && !e.Interrupted() {
		shown := excerpt(e.Statement.SQL, e.position(), max(e.Statement.Line, 1))
		lines = append(lines, strings.TrimRight(shown, "\n"))
	}
	lines = append(lines, e.server()...)
	for _, b := range e.Blockers {
		lines = append(lines, "It waited for "+b.String()+", "+b.running(100)+".")
	}
	return append(append(lines, e.outcome()), e.rest()...)
}

func (e *ScriptError) server() []string {
	if e.Server == nil || e.Interrupted() {
		return nil
	}
	var lines []string
	if e.Server.Detail != "" {
		lines = append(lines, "Detail: "+e.Server.Detail)
	}
	if e.Server.Hint != "" {
		lines = append(lines, "Hint: "+e.Server.Hint)
	}
	if e.Server.InternalQuery != "" {
		lines = append(lines, "In the query:", strings.TrimRight(excerpt(e.Server.InternalQuery, int(e.Server.InternalPosition), 1), "\n"))
	}
	if e.Server.Where != "" {
		lines = append(lines, "Context: "+strings.ReplaceAll(e.Server.Where, "\n", "; "))
	}
	return lines
}

// outcome says what has become of the script.
func (e *ScriptError) outcome() string {
	did := "applied"
	if e.Direction == Down {
		did = "rolled back"
	}
	var lock lostLock
	switch {
	case e.faked:
		return "Nothing of it was recorded."
	case errors.As(e.err, &lock) && lock.late:
		return e.kept(did) + " Somebody else may have migrated the database in the meantime."
	case errors.Is(e.err, errEnded):
		return "What this migration did before may be committed. Look in the database what is there."
	case e.Lost && e.Statement.SQL == commit:
		return "It is not known whether the server committed the transaction. Running the command again finds out and does what is left."
	case outside(e.Step, e.Direction) && e.clean:
		return fmt.Sprintf("Operation %d runs outside a transaction; it changed nothing. %s", e.Step.Number, e.kept(did))
	case outside(e.Step, e.Direction) && e.done > 0:
		return fmt.Sprintf("Operation %d runs outside a transaction: %d of its %d statements are %s, and the next one may be in part. %s",
			e.Step.Number, e.done, len(e.Step.Statements(e.Direction)), did, e.kept(did))
	case outside(e.Step, e.Direction):
		return fmt.Sprintf("Operation %d runs outside a transaction: a part of it may be %s. %s", e.Step.Number, did, e.kept(did))
	case len(e.Committed) == 0:
		return "Its transaction was rolled back: nothing of this migration was " + did + "."
	}
	return "The transaction of this operation was rolled back. " + e.kept(did)
}

func (e *ScriptError) kept(did string) string {
	if len(e.Committed) == 0 {
		return "No other operation of this migration was " + did + "."
	}
	return "Of this migration " + numbered(e.Committed) + " stay " + did + "."
}

// rest says what has become of the migrations before.
func (e *ScriptError) rest() []string {
	if len(e.Before) == 0 {
		return nil
	}
	return []string{"What was done before stays: " + strings.Join(e.Before, ", ") + "."}
}

func numbered(operations []int) string {
	texts := make([]string, len(operations))
	for i, number := range operations {
		texts[i] = fmt.Sprint(number)
	}
	if len(texts) == 1 {
		return "operation " + texts[0]
	}
	return "operations " + strings.Join(texts, ", ")
}

// next returns what to do.
func (e *ScriptError) next() string {
	command := "whimbrel migrate"
	if e.Direction == Down {
		command = "whimbrel rollback"
	}
	if e.faked {
		command = "the same command"
	}
	var lock lostLock
	var invalid invalidIndex
	switch {
	case errors.As(e.err, &lock):
		return lock.next(command)
	case errors.As(e.err, &invalid):
		return fmt.Sprintf("drop it: DROP INDEX CONCURRENTLY %s; then run again: %s", invalid.name, command)
	case outside(e.Step, e.Direction) && !e.clean && !e.findsOut():
		return e.repair(command)
	case e.Interrupted(), e.Lost:
		return "run again: " + command
	case locked(e.err):
		return "end the other transaction, or choose a quieter time, and run again: " + command
	}
	if advice := e.advice(command); advice != "" {
		return advice
	}
	return e.correction(command)
}

// findsOut reports whether the next run finds out how the step ended.
func (e *ScriptError) findsOut() bool {
	_, ok := inquiries(e.Step, e.Direction)
	return ok
}

// repair says how to go on after a step that nobody can say of how it ended.
func (e *ScriptError) repair(command string) string {
	return fmt.Sprintf("look in the database what operation %d has done; then do the rest by hand and record it: %s; "+
		"or undo it by hand and record that: %s; then run again: %s", e.Step.Number,
		markOf(e.Script.ID, e.Step.Number, e.Direction), markOf(e.Script.ID, e.Step.Number, e.Direction.opposite()), command)
}

// markOf returns the command that records an operation as in effect, or not.
func markOf(id string, number int, d Direction) string {
	mark := "--mark-applied"
	if d == Down {
		mark = "--mark-reverted"
	}
	return fmt.Sprintf("whimbrel repair %s %s:%d", mark, id, number)
}
