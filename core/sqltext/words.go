package sqltext

import "strings"

// Words returns the first words of SQL in capitals, at most n of them: those
// that say which statement it is. Comments, semicolons and opening parentheses
// are passed over; anything else that is no word ends them.
func Words(sql string, n int) []string {
	var words []string
	for t := range Scan(sql) {
		if len(words) == n {
			break
		}
		switch {
		case t.Kind.Blank(), t.Kind == Semicolon, t.Is("("):
		case t.Kind == Word:
			words = append(words, strings.ToUpper(t.Text))
		default:
			return words
		}
	}
	return words
}

// Keyword returns the first word of SQL in capitals, or "".
func Keyword(sql string) string {
	if words := Words(sql, 1); len(words) > 0 {
		return words[0]
	}
	return ""
}
