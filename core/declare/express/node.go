package express

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// expr returns an expression as it is written, or nil.
func (s *scope) expr(n expression.Node) *declare.Expr {
	switch n.Kind {
	case expression.Field:
		return s.path(n.Path)
	case expression.Name:
		return word(n.Text)
	case expression.Number:
		return number(n.Text)
	case expression.String:
		return quoted(n.Text)
	case expression.Bool:
		return boolean(n.Text == "true")
	case expression.Null:
		return &declare.Expr{Kind: declare.Null}
	case expression.List:
		return list(s.exprs(n.Args)...)
	case expression.SQL:
		return s.sql(n)
	}
	return s.compound(n)
}

func (s *scope) compound(n expression.Node) *declare.Expr {
	switch {
	case n.Kind == expression.Call:
		return s.call(n)
	case n.Kind == expression.Operator && (len(n.Args) == 1 || len(n.Args) == 2):
		return s.operator(n)
	case n.Kind == expression.Conditional && len(n.Args) == 3:
		args := s.exprs(n.Args)
		if !all(args) {
			return nil
		}
		return &declare.Expr{Kind: declare.Conditional, Args: args}
	case n.Kind == expression.Cast && len(n.Args) == 1:
		return call("cast", s.expr(n.Args[0]), s.typ(castType(n)))
	case n.Kind == expression.Outer && len(n.Args) == 1 && s.outer != nil:
		return call("outer", s.outer.expr(n.Args[0]))
	}
	return s.fail("an expression of kind %q cannot stand here", n.Kind)
}

func (s *scope) exprs(nodes []expression.Node) []*declare.Expr {
	args := make([]*declare.Expr, len(nodes))
	for i, n := range nodes {
		args[i] = s.expr(n)
	}
	return args
}

// comparisons compare two values. One of another one is written with parentheses.
var comparisons = []string{"==", "!=", "<", "<=", ">", ">="}

func (s *scope) operator(n expression.Node) *declare.Expr {
	args := s.exprs(n.Args)
	for i, arg := range n.Args {
		if len(args) == 2 && args[i] != nil && isComparison(n) && isComparison(arg) {
			args[i] = &declare.Expr{Kind: declare.Paren, Args: []*declare.Expr{args[i]}}
		}
	}
	return operator(n.Text, args...)
}

func isComparison(n expression.Node) bool {
	return n.Kind == expression.Operator && len(n.Args) == 2 && slices.Contains(comparisons, n.Text)
}

// castType returns the type of a cast, whose text holds dimensions in brackets.
func castType(n expression.Node) kinds.Type {
	t := kinds.Type{SQL: n.Text}
	for strings.HasSuffix(t.SQL, "[]") {
		t.SQL = strings.TrimSuffix(t.SQL, "[]")
		t.Dimensions++
	}
	if len(n.Path) > 0 {
		t.Of = &n.Path[0]
	}
	return t
}
