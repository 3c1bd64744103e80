package sqltext

import (
	"slices"
	"strings"
)

// A Disturbance is something that a statement does to the session that runs it,
// and that is the business of the session's owner.
type Disturbance string

// The disturbances.
const (
	ControlsTransaction Disturbance = "transaction" // begins or ends one
	WaitsForData        Disturbance = "data"        // COPY FROM STDIN: the server waits for the client
	DiscardsSession     Disturbance = "discard"     // DISCARD ALL: settings, locks and more are gone
	ReleasesLocks       Disturbance = "locks"       // pg_advisory_unlock_all()
	ResetsSettings      Disturbance = "settings"    // RESET ALL, DISCARD ALL
)

// Disturbances returns what a statement does to its session, sorted, each once. Of a
// text of several statements it returns what any of them does. What functions do in
// their bodies, and what EXECUTE makes of text, is not seen.
func Disturbances(sql string) []Disturbance {
	var found []Disturbance
	for _, s := range apart(sql) {
		words := disturbing(s.Text)
		if controlsTransaction(words) {
			found = append(found, ControlsTransaction)
		}
		switch {
		case slices.Equal(words, []string{"DISCARD", "ALL"}):
			found = append(found, DiscardsSession, ResetsSettings)
		case slices.Equal(words, []string{"RESET", "ALL"}):
			found = append(found, ResetsSettings)
		case len(words) > 0 && words[0] == "COPY" && copiesFromClient(s.Text):
			found = append(found, WaitsForData)
		}
		if callsByName(s.Text, "pg_advisory_unlock_all") {
			found = append(found, ReleasesLocks)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// disturbing returns the first words of a statement that may disturb its session, or
// nothing: most show by their first word that they do not.
func disturbing(sql string) []string {
	switch Keyword(sql) {
	case "BEGIN", "COMMIT", "END", "ABORT", "START", "PREPARE", "ROLLBACK", "DISCARD", "RESET", "COPY":
		return Words(sql, 3)
	}
	return nil
}

// apart returns the statements of a text. Most texts are one, which shows without a
// look at each word.
func apart(sql string) []Statement {
	if !strings.Contains(sql, ";") {
		return []Statement{{Text: sql}}
	}
	return Split(sql)
}

func controlsTransaction(words []string) bool {
	words = append(slices.Clone(words), "", "")
	switch words[0] {
	case "BEGIN", "COMMIT", "END", "ABORT":
		return true
	case "START", "PREPARE":
		return words[1] == "TRANSACTION"
	case "ROLLBACK": // but not to a savepoint
		if words[1] == "WORK" || words[1] == "TRANSACTION" {
			return words[2] != "TO"
		}
		return words[1] != "TO"
	}
	return false
}

// copiesFromClient reports whether the data of a COPY come from the client. In
// PostgreSQL's grammar STDIN and STDOUT are one word there.
func copiesFromClient(sql string) bool {
	depth, last := 0, ""
	for t := range Scan(sql) {
		switch {
		case t.Kind.Blank():
			continue
		case t.Is("("):
			depth++
		case t.Is(")"):
			depth--
		case depth == 0 && last == "FROM":
			return t.Is("stdin") || t.Is("stdout")
		}
		last = strings.ToUpper(t.Text)
	}
	return false
}

// callsByName reports whether a function's name stands in front of a parenthesis.
func callsByName(sql, function string) bool {
	if !mayName(sql, function) {
		return false
	}
	last := ""
	for t := range Scan(sql) {
		if t.Kind.Blank() {
			continue
		}
		if last == function && t.Is("(") {
			return true
		}
		last, _ = t.Identifier()
	}
	return false
}

// mayName reports whether a text may hold a name that ends in "_all", which few do:
// a text is scanned only then.
func mayName(sql, function string) bool {
	end := function[strings.LastIndexByte(function, '_'):]
	for at := 0; ; at++ {
		next := strings.IndexByte(sql[at:], '_')
		if next < 0 {
			return strings.Contains(sql, `&"`) // a name in another spelling
		}
		at += next
		if len(sql)-at >= len(end) && strings.EqualFold(sql[at:at+len(end)], end) {
			return true
		}
	}
}
