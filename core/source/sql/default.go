package sql

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Condition returns the check of a domain, whose values are called value.
func (w *Work) Condition(s Statement, t ddl.Type, e *ddl.Expr) *declare.Expr {
	x := expresser{work: w, statement: s, app: w.appFor(s), value: &t}
	return w.inTheEnd(func() *declare.Expr { return x.whole(e) })
}

// Default returns the default of a value of a type.
func (w *Work) Default(s Statement, t ddl.Type, e *ddl.Expr) *declare.Expr {
	if e.Kind == ddl.Null {
		return nil
	}
	return w.inTheEnd(func() *declare.Expr { return w.defaultOf(s, w.appFor(s), t, e) })
}

// inTheEnd returns an expression that is made when all statements have been read.
func (w *Work) inTheEnd(made func() *declare.Expr) *declare.Expr {
	e := &declare.Expr{}
	w.later = append(w.later, func() {
		at := e.Span
		if value := made(); value != nil {
			*e = *value
		} else {
			e.Kind = declare.Null
		}
		settle(e, at)
	})
	return e
}

func (w *Work) defaultOf(s Statement, app source.App, t ddl.Type, e *ddl.Expr) *declare.Expr {
	x := expresser{work: w, statement: s, app: app}
	value := e
	if e.Kind == ddl.Cast && isLiteral(e.Args[0]) && assigns(*e.Type, t) {
		value = unquoted(e.Args[0], *e.Type)
		value = &ddl.Expr{Kind: value.Kind, Text: value.Text, SQL: e.SQL, Span: e.Span}
	}
	if value.Kind == ddl.Null {
		return nil
	}
	if list := literals(value); list != nil {
		list.SQL, list.Span = e.SQL, e.Span
		value = list
	}
	return x.whole(value)
}

// assigns reports whether a literal of a type is the same value of another one.
func assigns(from, to ddl.Type) bool {
	return !isOwn(to) || !isOwn(from) || isText(from) || isNumber(from) && isNumber(to) || catalogName(from.Name) == catalogName(to.Name)
}
