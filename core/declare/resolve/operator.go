package resolve

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
)

func (s *scope) operator(e *declare.Expr) (expression.Node, bool) {
	if len(e.Args) == 1 {
		return s.unary(e)
	}
	compares := slices.Contains(comparisons, e.Text)
	if compares {
		for _, arg := range e.Args {
			if arg.Kind == declare.Operator && len(arg.Args) == 2 && slices.Contains(comparisons, arg.Text) {
				s.wrong(e, "two comparisons in a row", "a < b < c would compare the truth of a < b with c.",
					"write a < b && b < c, or parentheses")
				return expression.Node{}, false
			}
		}
	}
	args, ok := s.all(e.Args)
	if !ok {
		return expression.Node{}, false
	}
	if compares {
		return s.comparison(e, args)
	}
	for i, arg := range args {
		if arg.Kind == expression.Null {
			s.wrong(e.Args[i], fmt.Sprintf("null with %s", e.Text), "The result would always be null.", "write x == null to ask for null, coalesce(x, y) to replace it")
			return expression.Node{}, false
		}
	}
	if e.Text == "&&" || e.Text == "||" {
		ok = s.joins(e, args)
	} else {
		ok = s.computes(e, args)
	}
	return expression.Node{Kind: expression.Operator, Text: e.Text, Args: args}, ok
}

// unary translates - and !. The minus of a number becomes part of it.
func (s *scope) unary(e *declare.Expr) (expression.Node, bool) {
	arg, ok := s.translate(e.Args[0])
	if !ok {
		return arg, false
	}
	if e.Text == "-" && arg.Kind == expression.Number && !strings.HasPrefix(arg.Text, "-") {
		return expression.Node{Kind: expression.Number, Text: "-" + arg.Text}, true
	}
	if e.Text == "!" && !s.holds(e.Args[0], arg, "the operand of !") {
		return arg, false
	}
	return expression.Node{Kind: expression.Operator, Text: e.Text, Args: []expression.Node{arg}}, true
}

func (s *scope) comparison(e *declare.Expr, args []expression.Node) (expression.Node, bool) {
	if args[0].Kind == expression.Null && args[1].Kind != expression.Null && (e.Text == "==" || e.Text == "!=") {
		args[0], args[1] = args[1], args[0]
	}
	if args[1].Kind == expression.Null || args[0].Kind == expression.Null {
		if e.Text != "==" && e.Text != "!=" || args[0].Kind == expression.Null {
			s.wrong(e, fmt.Sprintf("null with %s", e.Text), "The result would always be null.", "write x == null or x != null")
			return expression.Node{}, false
		}
	}
	ok := s.compares(e, args) && s.enumValue(args[0], args[1], e.Args[1]) && s.enumValue(args[1], args[0], e.Args[0])
	if args[1].Kind != expression.Null {
		args = s.plain(s.typed(e.Text, args))
	}
	return expression.Node{Kind: expression.Operator, Text: e.Text, Args: args}, ok
}
