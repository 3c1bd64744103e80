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
		found = append(found, disturbances(s.Text)...)
		if callsByName(s.Text, "pg_advisory_unlock_all") {
			found = append(found, ReleasesLocks)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// disturbances returns those of a statement that show by its first words. Most show by
// the very first that there are none.
func disturbances(sql string) []Disturbance {
	first := Keyword(sql)
	switch first {
	case "BEGIN", "COMMIT", "END", "ABORT":
		return []Disturbance{ControlsTransaction}
	case "START", "PREPARE":
		if slices.Equal(Words(sql, 2), []string{first, "TRANSACTION"}) {
			return []Disturbance{ControlsTransaction}
		}
	case "ROLLBACK":
		if !toSavepoint(Words(sql, 3)[1:]) {
			return []Disturbance{ControlsTransaction}
		}
	case "DISCARD":
		if isAll(sql, first) {
			return []Disturbance{DiscardsSession, ResetsSettings}
		}
	case "RESET":
		if isAll(sql, first) {
			return []Disturbance{ResetsSettings}
		}
	case "COPY":
		if copiesFromClient(sql) {
			return []Disturbance{WaitsForData}
		}
	}
	return nil
}

// isAll reports whether a statement is a word and ALL, and no other word.
func isAll(sql, first string) bool { return slices.Equal(Words(sql, 3), []string{first, "ALL"}) }

// toSavepoint reports whether a ROLLBACK with these words behind it goes to a savepoint.
func toSavepoint(words []string) bool {
	if len(words) > 0 && (words[0] == "WORK" || words[0] == "TRANSACTION") {
		words = words[1:]
	}
	return len(words) > 0 && words[0] == "TO"
}

// apart returns the statements of a text. Most texts are one, which shows without a
// look at each word.
func apart(sql string) []Statement {
	if !strings.Contains(sql, ";") {
		return []Statement{{Text: sql}}
	}
	return Split(sql)
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
