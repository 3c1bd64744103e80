package sqltext

import (
	"strings"
	"unicode/utf8"
)

// A Token is a piece of SQL. The tokens of a text, put together, are the text.
type Token struct {
	Kind   Kind
	Text   string
	Offset int  // of its first byte in the text
	Open   bool // the text ends inside of it
}

// End returns the offset behind the token.
func (t Token) End() int { return t.Offset + len(t.Text) }

// Is reports whether the token is a symbol or, in any case, a word without
// quotes.
func (t Token) Is(text string) bool {
	return (t.Kind == Word || t.Kind == Symbol) && strings.EqualFold(t.Text, text)
}

// Identifier returns a name as PostgreSQL keeps it: folded to lower case, or
// without its quotes, and no longer than 63 bytes. ok is false for what is no
// name, and for U&"name", which says what it means only together with a UESCAPE
// that may follow.
func (t Token) Identifier() (name string, ok bool) {
	switch {
	case t.Kind == Word:
		return clipped(lower(t.Text)), true
	case t.Kind == QuotedName && !t.Open:
		return clipped(strings.ReplaceAll(t.Text[1:len(t.Text)-1], `""`, `"`)), true
	}
	return "", false
}

// lower is what PostgreSQL makes of a name without quotes: it leaves letters
// beyond ASCII as they are.
func lower(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, name)
}

// nameSize is how many bytes of a name PostgreSQL keeps.
const nameSize = 63

func clipped(name string) string {
	if len(name) <= nameSize {
		return name
	}
	end := nameSize
	for end > 0 && !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end]
}
