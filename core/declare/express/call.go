package express

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// special are functions of the model language that mean something else than a
// function of that name.
var special = []string{"sql", "cast", "field", "is_null", "is_not_null", "select", "outer"}

func (s *scope) call(n expression.Node) *declare.Expr {
	if len(n.Path) == 1 {
		n.Text, n.Path = s.functionName(n.Path[0].Address), nil
	}
	for part := range strings.SplitSeq(n.Text, "::") {
		if !pathName().MatchString(part) || slices.Contains(special, n.Text) {
			return s.fail("a function named %q cannot be called in the model language", n.Text)
		}
	}
	switch {
	case n.Text == "file" && len(n.Args) == 1 && n.Args[0].Kind == expression.String:
		return s.fail("a function named file would be read as the text of a file")
	case n.Text == "exists" && len(n.Args) == 1 && n.Args[0].Kind == expression.Select:
		return s.subquery("exists", n.Args[0])
	case n.Text == "in" && len(n.Args) == 2 && n.Args[1].Kind == expression.Select:
		return call("in", s.expr(n.Args[0]), s.subquery("select", n.Args[1]))
	case len(n.Args) > 0 && n.Args[0].Kind == expression.Object:
		return call(n.Text, slices.Concat([]*declare.Expr{s.objectName(n.Args[0])}, s.exprs(n.Args[1:]))...)
	}
	return call(n.Text, s.exprs(n.Args)...)
}

// functionName returns how a declared function is called: by its name in the
// database, with the schema if it is not that of the app.
func (s *scope) functionName(a address.Address) string {
	c, _ := s.x.called(a)
	if c.schema == s.app.Schema {
		return c.name
	}
	return c.schema + "::" + c.name
}

// subquery returns exists(MODEL, condition) or select(MODEL, value, condition). The
// condition that is always true is left out.
func (s *scope) subquery(function string, n expression.Node) *declare.Expr {
	if len(n.Path) != 1 || len(n.Args) == 0 || len(n.Args) != map[string]int{"exists": 1, "select": 2}[function] {
		return s.fail("a subquery has another form than those of the model language")
	}
	args := []*declare.Expr{s.modelName(n.Path[0].Address)}
	inner := *s
	inner.model, inner.outer = n.Path[0].Address, s
	for _, value := range n.Args[1:] {
		args = append(args, inner.expr(value))
	}
	if condition := n.Args[0]; condition.Kind != expression.Bool || condition.Text != "true" {
		args = append(args, inner.expr(condition))
	}
	return call(function, args...)
}

// objectName returns what nextval("order_no") and the like take: the name in the
// database, with the schema if it is not that of the app.
func (s *scope) objectName(n expression.Node) *declare.Expr {
	if len(n.Path) != 1 {
		return s.fail("a function takes the name of nothing")
	}
	c, ok := s.x.called(n.Path[0].Address)
	switch {
	case !ok || strings.Contains(c.name, ".") || strings.Contains(c.schema, "."):
		return s.fail("it names %s, whose name in the database cannot be written here", n.Path[0])
	case c.schema == s.app.Schema:
		return quoted(c.name)
	}
	return quoted(c.schema + "." + c.name)
}
