package sql

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Expression returns an expression over the columns of a table, or over nothing, in
// the model language where it has all of it, and else as sql("...").
func (w *Work) Expression(s Statement, t *Table, e *ddl.Expr) *declare.Expr {
	x := expresser{work: w, statement: s, table: t, app: w.appFor(s)}
	if t != nil {
		x.app = t.app
	}
	return x.whole(e)
}

func (x expresser) whole(e *ddl.Expr) *declare.Expr {
	said := x.say(e)
	if said == nil {
		said = SQL(unwrapped(e.SQL))
	}
	if x.table == nil || x.statement.file.Name == x.table.statement.file.Name {
		settle(said, declare.Span{From: int32(e.Span.From), To: int32(e.Span.To)})
	}
	return said
}

// unwrapped takes off brackets around the whole of a text.
func unwrapped(text string) string {
	for {
		text = strings.TrimSpace(text)
		if !strings.HasPrefix(text, "(") || !ddl.Bracketed(text) {
			return text
		}
		text = text[1 : len(text)-1]
	}
}
