package expression

import (
	"regexp"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/address"
)

// infixes holds the functions of the model language that SQL writes with
// operators, and the form of those that have a fixed number of arguments.
var infixes = map[string]struct {
	args   int
	format string
}{
	"in":          {},
	"concat":      {},
	"between":     {3, "%s BETWEEN %s AND %s"},
	"like":        {2, "%s LIKE %s"},
	"ilike":       {2, "%s ILIKE %s"},
	"is_null":     {1, "%s IS NULL"},
	"is_not_null": {1, "%s IS NOT NULL"},
	"filtered":    {2, "%s FILTER (WHERE %s)"},
}

// niladic holds the functions that SQL calls without parentheses.
var niladic = map[string]bool{
	"current_catalog": true, "current_date": true, "current_role": true, "current_schema": true, "current_time": true,
	"current_timestamp": true, "current_user": true, "localtime": true, "localtimestamp": true, "session_user": true,
	"user": true,
}

func (p Printer) call(n Node) (string, error) {
	if len(n.Path) == 1 {
		return p.declared(n)
	}
	name := strings.ToLower(n.Text)
	if infix, ok := infixes[name]; ok && len(n.Args) > 0 {
		return p.infix(n, name, infix.args, infix.format)
	}
	if len(n.Args) == 0 && niladic[name] {
		return name, nil
	}
	if len(n.Args) == 0 && name == "count" {
		return "count(*)", nil
	}
	if name == "extract" && len(n.Args) == 2 && n.Args[0].Kind == String {
		return p.format(n, 2, "extract(%s FROM %s)", p.SQL)
	}
	args, err := p.all(n.Args)
	return functionName(name) + "(" + args + ")", err
}

// declared writes the call of a function that is an object.
func (p Printer) declared(n Node) (string, error) {
	if p.Type == nil {
		return "", errType
	}
	name, err := p.Type(n.Path[0])
	if err != nil {
		return "", err
	}
	args, err := p.all(n.Args)
	return name + "(" + args + ")", err
}

func (p Printer) infix(n Node, name string, args int, format string) (string, error) {
	switch name {
	case "in":
		return p.in(n)
	case "concat":
		return p.concat(n)
	}
	return p.format(n, args, format, p.operand)
}

// functionName writes the name of a function, which is schema::function where it
// has a schema. Reserved words are no names but syntax, such as coalesce, so
// they stand as they are.
func functionName(name string) string {
	parts := strings.Split(name, "::")
	for i, part := range parts {
		if !plainName().MatchString(part) {
			parts[i] = address.Quote(part)
		}
	}
	return strings.Join(parts, ".")
}

var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z_][a-z0-9_]*$`) })

// in writes a test of membership in a list, in the rows of a query in SQL, or in
// an array. Nothing is in an empty list.
func (p Printer) in(n Node) (string, error) {
	if len(n.Args) == 2 && n.Args[1].Kind == List {
		return p.in(Node{Kind: Call, Text: n.Text, Args: append([]Node{n.Args[0]}, n.Args[1].Args...)})
	}
	if len(n.Args) == 1 {
		return "false", nil
	}
	value, err := p.operand(n.Args[0])
	if err != nil {
		return "", err
	}
	if len(n.Args) == 2 && n.Args[1].Kind == Field {
		array, err := p.SQL(n.Args[1])
		return value + " = ANY (" + array + ")", err
	}
	list, err := p.all(n.Args[1:])
	return value + " IN (" + list + ")", err
}

// concat joins texts and counts null as empty, as PostgreSQL's function does.
// That function is not immutable, so no index or generated column could use it;
// this form is immutable where the conversions to text are.
func (p Printer) concat(n Node) (string, error) {
	parts := make([]string, len(n.Args))
	for i, arg := range n.Args {
		text, err := p.SQL(arg)
		if err != nil {
			return "", err
		}
		if arg.Kind != String {
			text = "coalesce(CAST(" + text + " AS text), '')"
		}
		parts[i] = text
	}
	return strings.Join(parts, " || "), nil
}
