package resolve

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
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
	return results[n.Text]
}

func (l *loader) firstClass(nodes []expression.Node) string {
	for _, n := range nodes {
		if class := l.classOf(n); class != "" {
			return class
		}
	}
	return ""
}

// results holds the types of functions that keys are often made of.
var results = map[string]string{
	"lower": "text", "upper": "text", "initcap": "text", "trim": "text", "btrim": "text", "ltrim": "text", "rtrim": "text",
	"concat": "text", "concat_ws": "text", "left": "text", "right": "text", "substr": "text", "substring": "text",
	"replace": "text", "md5": "text", "reverse": "text", "unaccent": "text",
	"length": "integer", "char_length": "integer", "octet_length": "integer", "cardinality": "integer",
}
