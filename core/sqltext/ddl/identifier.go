package ddl

import (
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// Bracketed reports whether a text stands in one pair of brackets as a whole.
func Bracketed(text string) bool {
	r := newReader(sqltext.Statement{Text: text})
	return len(r.tokens) > 1 && r.is(0, "(") && r.behind(0) == len(r.tokens) && r.is(len(r.tokens)-1, ")")
}

// Identifiers returns the names of a dotted name, nil if the text is none.
func Identifiers(text string) []string {
	var parts []string
	r := newReader(sqltext.Statement{Text: text})
	for i, t := range r.tokens {
		name, ok := t.Identifier()
		switch {
		case i%2 == 0 && ok:
			parts = append(parts, name)
		case i%2 == 0 || !t.Is("."):
			return nil
		}
	}
	return parts
}
