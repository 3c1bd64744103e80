package postgres

import "strings"

// A cause is what has to change before a statement that failed can succeed.
type cause string

// The causes, as the classes of SQLSTATE tell them.
const (
	ofData     cause = "data"      // values that are there, or what was raised about them
	ofText     cause = "migration" // the statement does not fit what is in the database
	ofServer   cause = "server"    // disk, memory, connections
	ofSessions cause = "sessions"  // others use what is altered
	ofLimit    cause = "limit"     // somebody or a time limit has cancelled it
	ofWriting  cause = "writing"   // nothing can be written there
	ofChance   cause = "chance"    // the same may succeed the next time
	ofFault    cause = "fault"     // the server itself
)

// causes are those of single codes and, by two characters, of classes; see the appendix
// "PostgreSQL Error Codes" of the manual.
func causes() map[string]cause {
	return map[string]cause{
		"22": ofData, "23": ofData, "44": ofData, "54": ofData, "P0": ofData,
		"0A": ofText, "25": ofText, "26": ofText, "2B": ofText, "2F": ofText, "38": ofText, "39": ofText, "3F": ofText, "42": ofText, "55": ofText,
		"53": ofServer, "55006": ofSessions, "57": ofLimit, "25006": ofWriting, "40": ofChance, "58": ofFault, "F0": ofFault, "XX": ofFault,
	}
}

func (e *ScriptError) cause() cause {
	code := e.SQLState()
	if of, known := causes()[code]; known {
		return of
	}
	return causes()[code[:min(len(code), 2)]]
}

// correction says what to correct before the script is run again.
func (e *ScriptError) correction(again string) string {
	switch e.cause() {
	case ofData:
		return e.alternatives("correct the data, then run again: " + again)
	case ofText:
		return e.rewriting(again)
	case ofServer:
		return "give the server what it lacks, or choose a quieter time, and run again: " + again
	case ofSessions:
		return "end the sessions that use it, and run again: " + again
	case ofLimit:
		return "raise the time limit, such as statement_timeout, or choose a quieter time, and run again: " + again
	case ofWriting:
		return "connect to a server and as a user that can write, and run again: " + again
	case ofChance:
		return "run again: " + again
	case ofFault:
		return "look into the log of the server, then run again: " + again
	}
	return "correct what it says, then run again: " + again
}

// rewriting says what to do about a statement that does not fit what is there.
func (e *ScriptError) rewriting(again string) string {
	if !e.untouched() {
		return "change in the database what the statement does not fit, then run again: " + again
	}
	changed := "if something in the database was changed by hand, change it back, and run again: " + again
	if e.byHand() {
		return e.alternatives("") + "\nor " + changed
	}
	return strings.Join([]string{
		e.alternatives(""), "or " + changed,
		"and if neither is so, report it to whimbrel, with the models and the migration",
	}, "\n")
}

// alternatives returns a correction, and that of the migration where nothing of it is in
// effect: one that was written by hand is corrected itself, another one made again.
func (e *ScriptError) alternatives(correction string) string {
	var other string
	switch {
	case !e.untouched():
		return correction
	case e.byHand():
		other = "correct the SQL of the migration and seal it: whimbrel make --seal " + e.Script.ID
	default:
		other = "take the migration back and change the models: whimbrel make --undo " + e.Script.ID
	}
	if correction == "" {
		return other
	}
	return correction + "\nor " + other
}

// untouched reports whether nothing of the migration is in effect, so that it can be
// another one.
func (e *ScriptError) untouched() bool { return e.Direction == Up && len(e.Committed) == 0 }

// byHand reports whether the statement was written by hand.
func (e *ScriptError) byHand() bool { return e.Step.Number > 0 && e.Step.Target == "" }
