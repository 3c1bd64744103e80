package sql

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Mentions reports whether a statement of the files has one of the names, but in strings
// such as the bodies of functions, and where extensions are made.
func (w *Work) Mentions(names []string) bool {
	for _, f := range w.files {
		for _, s := range f.statements {
			if _, made := s.What.(ddl.CreateExtension); !made && mentions(s.Text, names) {
				return true
			}
		}
	}
	return false
}

func mentions(text string, names []string) bool {
	for token := range sqltext.Scan(text) {
		if name, ok := token.Identifier(); ok && slices.Contains(names, name) {
			return true
		}
	}
	return false
}
