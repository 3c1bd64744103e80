package sql

import (
	"strings"
	"unicode"

	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Routine makes a block for a function of a kind, which its arguments tell from others of
// its name: in the label too, but for that of the first.
func (w *Work) Routine(s Statement, word string, name ddl.Name, at ddl.Span, args []ddl.Type) *Block {
	types := w.Signature(s, args)
	b := w.labelled(s, word, word, name, at, typed(name.Name, args))
	b.Arguments = types
	return b
}

// typed returns a name with those of types behind it.
func typed(name string, types []ddl.Type) string {
	for _, t := range types {
		own, err := pgtype.Parse(t.Name)
		if text := own.String(); err == nil && text != "" {
			t.Name = text
		}
		name += "_" + strings.Map(letter, t.Name) + strings.Repeat("_array", min(t.Dimensions, 1))
	}
	return name
}

func letter(r rune) rune {
	if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return '_'
}
