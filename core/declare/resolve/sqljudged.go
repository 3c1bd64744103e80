package resolve

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/sqltext/term"
)

// judge reports what PostgreSQL would not take in a text in SQL because of the types in
// it. What cannot be read or is not known is no mistake. It is false if it did.
func (s *scope) judge(t sqlText) bool {
	read, ok := term.Read(t.text)
	if !ok {
		return true
	}
	g := s.typing()
	wrong := g.operators(read)
	if wrong == nil && s.stored {
		wrong = g.stored(read, s.what)
	}
	return s.l.misused(t, wrong)
}

// misused reports a term that cannot be where it stands. It is false if it did.
func (l *loader) misused(t sqlText, wrong *misuse) bool {
	if wrong != nil {
		l.report(t.place(wrong.term.Begin, wrong.term.End), codeExpression, wrong.what, wrong.why, wrong.next)
	}
	return wrong == nil
}

// holdsSQL reports sql("...") that is no condition where one has to be. It is false if
// it did.
func (s *scope) holdsSQL(e *declare.Expr, what string) bool {
	arg := strip(e.Args[0])
	return s.l.conditionIn(sqlText{text: arg.Text, file: s.file, expr: arg}, s.typing(), what)
}

// conditionIn reports a text in SQL that is no condition. It is false if it did.
func (l *loader) conditionIn(t sqlText, g typing, what string) bool {
	read, ok := term.Read(t.text)
	return !ok || l.misused(t, g.condition(read, what))
}

// readTerm returns the term that a node in SQL is, with what is known of its names.
func (l *loader) readTerm(n expression.Node) (t term.Term, g typing, ok bool) {
	var text strings.Builder
	text.WriteString(n.Text)
	g.l = l
	for _, arg := range n.Args {
		switch arg.Kind {
		case expression.SQL:
			text.WriteString(arg.Text)
		case expression.Field:
			f := l.fieldAt(arg.Path[0].Address)
			if f == nil {
				return t, g, false
			}
			text.WriteString(address.Quote(f.column))
			g.model, g.app = f.model, f.app
		default:
			return t, g, false
		}
	}
	if g.app == nil {
		return t, g, false
	}
	t, ok = term.Read(text.String())
	return t, g, ok
}
