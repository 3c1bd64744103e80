package syntax

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// tooLong returns the place of an expression whose tree is too deep to be read by
// functions that call themselves, such as a sum of ten thousand terms.
func tooLong(b *declare.Body) (at declare.Span, long bool) {
	if b == nil {
		return at, false
	}
	for _, a := range b.Attrs {
		if deep(a.Value, maxTerms) {
			return a.Value.Span, true
		}
	}
	for _, block := range b.Blocks {
		if at, long = tooLong(block.Body); long {
			return at, true
		}
	}
	return at, false
}

// deep reports whether the tree of an expression has more levels than are left.
func deep(e *declare.Expr, left int) bool {
	if e == nil {
		return false
	}
	if left == 0 {
		return true
	}
	for _, arg := range e.Args {
		if deep(arg, left-1) {
			return true
		}
	}
	return false
}

// terms counts what stands between operators, without calling itself, and returns the
// first of them.
func terms(e *hclsyntax.BinaryOpExpr) (count int, first hclsyntax.Expression) {
	for count = 2; ; count++ {
		left, ok := e.LHS.(*hclsyntax.BinaryOpExpr)
		if !ok {
			return count, e.LHS
		}
		e = left
	}
}

// endless returns an expression that is too deep, at a place.
func endless(at declare.Span) *declare.Expr {
	e := &declare.Expr{Kind: declare.Null, Span: at}
	for range maxTerms {
		e = &declare.Expr{Kind: declare.Paren, Span: at, Args: []*declare.Expr{e}}
	}
	return e
}

func (f reading) tooLong(at declare.Span) diag.Diagnostic {
	return diag.Diagnostic{
		Code: Code, Summary: "the expression is too long",
		Detail: fmt.Sprintf("At most %d terms and brackets may be in one another; PostgreSQL would not take many more.", maxTerms),
		Next:   "divide the expression, or write it in SQL: sql(\"...\")", Range: f.Range(declare.Span{From: at.From, To: at.From}),
	}
}
