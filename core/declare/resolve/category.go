package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// A sort is what kind of value an expression has, as far as that is certain.
type sort string

// The sorts. Values of one sort can be compared with each other.
const (
	unsure    sort = ""
	condition sort = "a condition"
	number    sort = "a number"
	text      sort = "text"
	instant   sort = "a date or time"
	document  sort = "json"
)

// sortOf returns what kind of value a node has. A literal in quotes is of every
// sort until something else says which.
func (l *loader) sortOf(n expression.Node) sort {
	switch n.Kind {
	case expression.Number:
		return number
	case expression.Bool:
		return condition
	case expression.Field:
		if f := l.fieldAt(n.Path[len(n.Path)-1].Address); f != nil {
			return sortOfType(f.typ)
		}
	case expression.Operator:
		return l.sortOfOperator(n)
	case expression.Conditional:
		return l.sortOf(n.Args[1])
	case expression.Call:
		return l.sortOfCall(n)
	case expression.SQL:
		if t, g, ok := l.readTerm(n); ok {
			return g.sortOf(t)
		}
	}
	return unsure
}

func (l *loader) sortOfOperator(n expression.Node) sort {
	switch {
	case n.Text == "!" || n.Text == "&&" || n.Text == "||" || slices.Contains(comparisons, n.Text):
		return condition
	case len(n.Args) == 1:
		return l.sortOf(n.Args[0])
	case l.sortOf(n.Args[0]) == number && l.sortOf(n.Args[1]) == number:
		return number
	}
	return unsure // a date minus a date is a number, and so on
}

func (l *loader) sortOfCall(n expression.Node) sort {
	switch n.Text {
	case "in", "between", "like", "ilike", "exists", "starts_with", "isfinite":
		return condition
	case "coalesce", "nullif", "greatest", "least":
		for _, arg := range n.Args {
			if s := l.sortOf(arg); s != unsure {
				return s
			}
		}
	}
	result, _ := pgtype.Result(n.Text)
	return sortOfCategory(pgtype.CategoryOf(result))
}

// sortOfType returns the sort of a type's values.
func sortOfType(t *typ) sort {
	if t == nil {
		return unsure
	}
	if t = t.base(); t.Dimensions > 0 {
		return unsure
	}
	return sortOfCategory(t.category())
}

func sortOfCategory(c pgtype.Category) sort {
	switch {
	case c == pgtype.Bool:
		return condition
	case c.IsNumber():
		return number
	case c == pgtype.Text:
		return text
	case c == pgtype.Date, c == pgtype.Time, c == pgtype.Timestamp:
		return instant
	case c == pgtype.JSON:
		return document
	}
	return unsure
}

// isJSON reports whether a node is a field of type json, which has no equality.
func (l *loader) isJSON(n expression.Node) bool {
	if n.Kind != expression.Field {
		return false
	}
	f := l.fieldAt(n.Path[len(n.Path)-1].Address)
	return f != nil && f.typ != nil && f.typ.base().is("json")
}

// holds reports an expression that is no condition where one has to be. It is
// false if it did.
func (s *scope) holds(e *declare.Expr, n expression.Node, what string) bool {
	e = strip(e)
	if n.Kind == expression.String {
		s.wrong(e, fmt.Sprintf("%s is text in quotes, not a condition", what), "Expressions stand without quotes.", "write "+unquoted(n.Text))
		return false
	}
	if e.Kind == declare.Call && e.Text == "sql" && len(e.Args) == 1 {
		return s.holdsSQL(e, what)
	}
	have := s.l.sortOf(n)
	if have == unsure || have == condition {
		return true
	}
	next := "compare it with something, such as x > 0"
	if n.Kind == expression.Field {
		next = "write " + n.Path[len(n.Path)-1].Address.Name() + " == ..., or another comparison"
	}
	s.wrong(e, fmt.Sprintf("%s is %s, not a condition", what, have), "A condition is true or false for each row.", next)
	return false
}

// unquoted returns what was meant by a condition in quotes.
func unquoted(text string) string {
	if strings.Contains(text, "'") || strings.Contains(text, " = ") || text == "" {
		return fmt.Sprintf("sql(%q), or the condition in the model language without quotes", text)
	}
	return text
}

// joins reports && and || between what are no conditions: text is joined by
// concat. It is false if it did.
func (s *scope) joins(e *declare.Expr, args []expression.Node) bool {
	for i, arg := range args {
		have := s.l.sortOf(arg)
		if e.Text == "||" && (have == text || have == number || arg.Kind == expression.String) {
			s.wrong(e, "|| is OR here and joins no text", "It stands between conditions; in SQL it joins text.", "write concat(a, b)")
			return false
		}
		if !s.holds(e.Args[i], arg, "an operand of "+e.Text) {
			return false
		}
	}
	return true
}

// computes reports + - * / % over what is no number. It is false if it did.
func (s *scope) computes(e *declare.Expr, args []expression.Node) bool {
	for i, arg := range args {
		switch have := s.l.sortOf(arg); {
		case have == condition || have == text || have == document && e.Text != "-":
			next := "write cast(x, numeric) if the text holds a number"
			if have == text && e.Text == "+" {
				next = "write concat(a, b) to join text"
			}
			s.wrong(e.Args[i], fmt.Sprintf("%s with %s", e.Text, have), "PostgreSQL has no such operator.", next)
			return false
		}
	}
	return true
}

// takes reports what is no text as the first argument of a function of text: PostgreSQL
// makes text of nothing by itself. It is false if it did.
func (s *scope) takes(e *declare.Expr, args []expression.Node) bool {
	if len(args) == 0 || !pgtype.TakesText(e.Text) || s.declares(e.Text) {
		return true
	}
	switch have := s.l.sortOf(args[0]); have {
	case number, condition, instant, document:
		s.wrong(e.Args[0], fmt.Sprintf("%s of %s", e.Text, have), "PostgreSQL has no such function.", "write cast(x, text) around it")
		return false
	}
	return true
}

// compares reports two sorts that PostgreSQL does not compare, and a literal that
// is no value of the field that it is compared with. It is false if it did.
func (s *scope) compares(e *declare.Expr, args []expression.Node) bool {
	left, right := s.l.sortOf(args[0]), s.l.sortOf(args[1])
	if left != unsure && right != unsure && left != right {
		s.wrong(e, fmt.Sprintf("%s is compared with %s", left, right), "PostgreSQL has no such operator.", "write cast(x, type) around one of the two")
		return false
	}
	if null := args[1].Kind == expression.Null; !null && (s.l.isJSON(args[0]) || s.l.isJSON(args[1])) {
		s.wrong(e, "json is compared with nothing", "PostgreSQL has no operators for json; jsonb has.", "give the field the type jsonb, or take a value out of it: json_extract_path_text(x, \"key\")")
		return false
	}
	return s.valueOf(e, args[0], args[1], 1) && s.valueOf(e, args[1], args[0], 0)
}

// valueOf checks a literal against the type of the field beside it.
func (s *scope) valueOf(e *declare.Expr, field, literal expression.Node, at int) bool {
	if field.Kind != expression.Field || literal.Kind != expression.String {
		return true
	}
	f := s.l.fieldAt(field.Path[len(field.Path)-1].Address)
	if f == nil || f.typ == nil || f.typ.valued() != nil || sortOfType(f.typ) == text {
		return true
	}
	if why, _ := mismatch(literal, f.typ.base()); why != "" {
		s.wrong(e.Args[at], fmt.Sprintf("%q is no value of field %q, which is %s", literal.Text, f.name, f.typ), why, "write a value of type "+f.typ.String())
		return false
	}
	return true
}
