package resolve

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// typeOf returns the type of an expression, or nil where that is not certain.
func (l *loader) typeOf(n expression.Node) *typ {
	switch n.Kind {
	case expression.Field:
		if f := l.fieldAt(n.Path[len(n.Path)-1].Address); f != nil {
			return f.typ
		}
	case expression.Cast:
		return l.typeOfCast(n)
	case expression.Call:
		return l.typeOfCall(n)
	case expression.SQL:
		if t, g, ok := l.readTerm(n); ok {
			return g.typeOf(t)
		}
	case expression.Operator:
		if !strings.Contains("+ - * / %", n.Text) {
			return modelTypes["boolean"]
		}
	}
	return nil
}

func (l *loader) typeOfCast(n expression.Node) *typ {
	if len(n.Path) == 0 {
		text, dimensions, _ := strings.Cut(n.Text, "[")
		return typeIn(kinds.Type{SQL: text, Dimensions: strings.Count(dimensions, "]")})
	}
	if names := n.Path[0].Address.Names(); len(names) == 2 && l.apps[names[0]] != nil && l.apps[names[0]].types[names[1]] != nil {
		return &typ{
			Type:  kinds.Type{Of: &n.Path[0], Dimensions: strings.Count(n.Text, "]")},
			named: l.apps[names[0]].types[names[1]],
		}
	}
	return nil
}

// typeOfCall returns the type of what functions make of strings. Of ranges and
// bytes some of them make something else.
func (l *loader) typeOfCall(n expression.Node) *typ {
	result, known := pgtype.Result(n.Text)
	if !known || len(n.Args) == 0 {
		return nil
	}
	if t := l.typeOf(n.Args[0]); t == nil || t.base().Dimensions > 0 || t.base().category() != pgtype.Text {
		return nil
	}
	return modelTypes[result]
}
