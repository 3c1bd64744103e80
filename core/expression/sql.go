package expression

import (
	"errors"
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A Printer writes expressions as SQL. Its functions say how the leaves look
// where the expression stands; one that is nil makes its leaf an error.
type Printer struct {
	// Field writes a column, reached through the foreign keys before it in path.
	Field func(path []address.Ref) (string, error)
	// Name writes an annotation of the query.
	Name func(name string) (string, error)
	// Type writes the name of an object with that of its schema, as of an enum, a
	// domain, a sequence or a function.
	Type func(t address.Ref) (string, error)
	// Select writes a subquery, without parentheses.
	Select func(n Node) (string, error)
	// Outer writes an expression over the rows around a subquery.
	Outer func(n Node) (string, error)
}

// The leaves that have no place where an expression stands.
var (
	errField = errors.New("field not allowed here")
	errName  = errors.New("annotation not allowed here")
	errType  = errors.New("enum or domain not allowed here")
	errQuery = errors.New("subquery not allowed here")
)

// SQL returns n as SQL. Operators inside operators stand in parentheses, so the
// precedence of SQL never counts; the whole does not. It returns the errors of
// the printer's functions, and one for a node that no front end makes.
func (p Printer) SQL(n Node) (string, error) {
	switch n.Kind {
	case Field:
		return p.field(n)
	case Name:
		return p.name(n)
	case Number:
		return n.Text, nil
	case String:
		return address.Literal(n.Text), nil
	case Bool:
		return n.Text, nil
	case Null:
		return "NULL", nil
	case SQL:
		return p.raw(n)
	case Object:
		return p.object(n)
	default:
		return p.compound(n)
	}
}

func (p Printer) compound(n Node) (string, error) {
	switch n.Kind {
	case List:
		return p.list(n)
	case Call:
		return p.call(n)
	case Operator:
		return p.operator(n)
	case Conditional:
		return p.format(n, 3, "CASE WHEN %s THEN %s ELSE %s END", p.SQL)
	case Cast:
		return p.cast(n)
	case Select:
		return p.subquery(p.Select, n)
	case Outer:
		return p.subquery(p.Outer, n)
	}
	return "", fmt.Errorf("expression: unknown kind %q", n.Kind)
}

func (p Printer) field(n Node) (string, error) {
	if p.Field == nil || len(n.Path) == 0 {
		return "", errField
	}
	return p.Field(n.Path)
}

// object writes the name of an object. As text it is one that PostgreSQL keeps as
// what it names, so that it follows renames.
func (p Printer) object(n Node) (string, error) {
	if p.Type == nil || len(n.Path) != 1 {
		return "", errType
	}
	name, err := p.Type(n.Path[0])
	switch sqltext.Form(n.Text) {
	case sqltext.Qualified:
		return name, err
	case sqltext.InString:
		return address.Literal(name), err
	}
	return address.Literal(name) + "::regclass", err
}

func (p Printer) name(n Node) (string, error) {
	if p.Name == nil {
		return "", errName
	}
	return p.Name(n.Text)
}

func (p Printer) subquery(print func(Node) (string, error), n Node) (string, error) {
	if print == nil || len(n.Args) == 0 {
		return "", errQuery
	}
	return print(n)
}

func (p Printer) cast(n Node) (string, error) {
	if len(n.Path) == 0 {
		return p.format(n, 1, "CAST(%s AS "+strings.ReplaceAll(n.Text, "%", "%%")+")", p.SQL)
	}
	if p.Type == nil {
		return "", errType
	}
	name, err := p.Type(n.Path[0])
	if err != nil {
		return "", err
	}
	// Text behind a path holds the brackets of an array.
	return p.format(n, 1, "CAST(%s AS "+strings.ReplaceAll(name+n.Text, "%", "%%")+")", p.SQL)
}

// list writes an array. '{}' is an empty one of whatever type is wanted, which
// ARRAY[] is not.
func (p Printer) list(n Node) (string, error) {
	if len(n.Args) == 0 {
		return "'{}'", nil
	}
	elements, err := p.all(n.Args)
	return "ARRAY[" + elements + "]", err
}

func (p Printer) all(nodes []Node) (string, error) {
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		text, err := p.SQL(n)
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return strings.Join(texts, ", "), nil
}

// format writes the arguments of n, which have to be count, into a format.
func (p Printer) format(n Node, count int, format string, print func(Node) (string, error)) (string, error) {
	if len(n.Args) != count {
		return "", fmt.Errorf("expression: %s %s has %d arguments instead of %d", n.Kind, n.Text, len(n.Args), count)
	}
	texts := make([]any, count)
	for i, arg := range n.Args {
		text, err := print(arg)
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return fmt.Sprintf(format, texts...), nil
}

// operand writes a node beside an operator: in parentheses unless it is one
// piece for any parser.
func (p Printer) operand(n Node) (string, error) {
	text, err := p.SQL(n)
	if err != nil || n.isPiece() {
		return text, err
	}
	return "(" + text + ")", nil
}

// isPiece reports whether the SQL of a node needs no parentheses in any place.
func (n Node) isPiece() bool {
	switch n.Kind {
	case SQL:
		if len(n.Args) == 1 {
			return n.Args[0].Kind == Field
		}
		return len(n.Args) == 0 && plainName().MatchString(strings.ToLower(n.Text))
	case Operator, Conditional, Select, Outer:
		return false
	case Number:
		return !strings.HasPrefix(n.Text, "-")
	case Call:
		_, infix := infixes[strings.ToLower(n.Text)] // of a declared function there is no text
		return !infix
	}
	return true
}

// Enclosed returns the SQL of n in parentheses where a grammar that is narrower
// than an expression's wants them: behind DEFAULT and as the key of an index.
func (p Printer) Enclosed(n Node) (string, error) { return p.operand(n) }

// raw writes SQL of the user, with the names of fields in it as they are now.
func (p Printer) raw(n Node) (string, error) {
	if len(n.Args) == 0 {
		return rawSQL(n.Text), nil
	}
	var b strings.Builder
	for _, part := range n.Args {
		if part.Kind == SQL {
			b.WriteString(part.Text)
			continue
		}
		text, err := p.SQL(part)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
	}
	return rawSQL(b.String()), nil
}

// rawSQL returns SQL of the user so that what follows is not part of a comment
// at its end.
func rawSQL(text string) string {
	text = strings.TrimSpace(text)
	if line := text[strings.LastIndexByte(text, '\n')+1:]; strings.Contains(line, "--") {
		return text + "\n"
	}
	return text
}
