package conformance

import "strings"

// refusals are what to do where whimbrel refuses SQL, by what it says of it: the checks
// that it is met in are about something else.
var refusals = []struct{ says, next string }{
	{"of a kind that plugins do not emit", "leave the statement out: what it is about is set up by whoever runs the server, or by whimbrel itself"},
	{"Nothing says that this is the plugin's", "make it in the plugin's own SQL, or say its name in Script.Names, as sdk.Name makes it"},
	{"not of the plugin", "leave what is somebody else's alone: refer to it, or ask its owner for it"},
	{"PostgreSQL would not read", "mend the SQL: PostgreSQL's own parser does not read it"},
	{"which acts on sessions, files or settings", "leave the call out: what it does outlives the migration, or is outside the database"},
	{"that is not one statement", "give each statement a text of its own"},
}

// refused returns what to do about SQL that is refused, where all problems of a check
// are that.
func refused(problems []string) string {
	next := ""
	for i, problem := range problems {
		advice := ""
		for _, r := range refusals {
			if strings.Contains(problem, r.says) {
				advice = r.next
			}
		}
		if advice == "" || i > 0 && advice != next {
			return ""
		}
		next = advice
	}
	return next
}
