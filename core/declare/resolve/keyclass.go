package resolve

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// classOf names the type of an expression as implications of operator classes
// do, or "" where only the server knows it.
func (l *loader) classOf(n expression.Node) string {
	switch n.Kind {
	case expression.Field:
		if f := l.fieldAt(n.Path[len(n.Path)-1].Address); f != nil {
			return f.typ.className()
		}
	case expression.Cast:
		name, _, _ := strings.Cut(n.Text, "(")
		return name
	case expression.Call:
		return l.classOfCall(n)
	case expression.Conditional:
		return l.firstClass(n.Args[1:])
	case expression.Operator:
		if strings.Contains("+ - * / %", n.Text) {
			return l.firstClass(n.Args)
		}
		return "boolean"
	}
	return ""
}

func (l *loader) classOfCall(n expression.Node) string {
	switch n.Text {
	case "coalesce", "nullif", "greatest", "least", "abs":
		return l.firstClass(n.Args)
	}
	result, _ := pgtype.Result(n.Text)
	return result
}

func (l *loader) firstClass(nodes []expression.Node) string {
	for _, n := range nodes {
		if class := l.classOf(n); class != "" {
			return class
		}
	}
	return ""
}
