package syntax

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// A converter turns the tree of hashicorp/hcl into ours.
type converter struct{ file *declare.Document }

func span(r hcl.Range) declare.Span {
	return declare.Span{From: int32(r.Start.Byte), To: int32(r.End.Byte)}
}

// body converts a body. The names of attributes that were renamed before parsing
// are given by place.
func (c converter) body(b *hclsyntax.Body, renamed map[int]string) *declare.Body {
	out := &declare.Body{}
	for _, a := range b.Attributes {
		name := a.Name
		if old, ok := renamed[a.NameRange.Start.Byte]; ok {
			name = old
		}
		out.Attrs = append(out.Attrs, &declare.Attr{
			Name: declare.Name{Text: name, Span: span(a.NameRange)}, Value: c.expr(a.Expr),
			Span: declare.Between(span(a.NameRange), span(a.Expr.Range())),
		})
	}
	slices.SortFunc(out.Attrs, func(a, b *declare.Attr) int { return cmp.Compare(a.Name.Span.From, b.Name.Span.From) })
	for _, block := range b.Blocks {
		out.Blocks = append(out.Blocks, c.block(block, renamed))
	}
	return out
}

func (c converter) block(b *hclsyntax.Block, renamed map[int]string) *declare.Block {
	out := &declare.Block{
		Type: declare.Name{Text: b.Type, Span: span(b.TypeRange)}, Body: &declare.Body{},
		Span: declare.Between(span(b.TypeRange), span(b.CloseBraceRange)),
	}
	for i, label := range b.Labels {
		out.Labels = append(out.Labels, declare.Name{Text: label, Span: span(b.LabelRanges[i])})
	}
	if b.Body != nil {
		out.Body = c.body(b.Body, renamed)
	}
	return out
}

func (c converter) expr(e hclsyntax.Expression) *declare.Expr {
	if sum, ok := e.(*hclsyntax.BinaryOpExpr); ok {
		if count, first := terms(sum); count > maxTerms {
			return endless(span(first.Range()))
		}
	}
	at := span(e.Range())
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return c.literal(e)
	case *hclsyntax.TemplateExpr:
		return template(e, at)
	case *hclsyntax.ScopeTraversalExpr:
		return c.traversal(e.Traversal, at)
	case *hclsyntax.FunctionCallExpr:
		return c.call(e, at)
	case *hclsyntax.TupleConsExpr:
		return &declare.Expr{Kind: declare.List, Span: at, Args: c.exprs(e.Exprs...)}
	case *hclsyntax.ObjectConsExpr:
		return c.object(e, at)
	case *hclsyntax.BinaryOpExpr:
		return &declare.Expr{Kind: declare.Operator, Span: at, Text: operators[e.Op], Args: c.exprs(e.LHS, e.RHS)}
	case *hclsyntax.UnaryOpExpr:
		return &declare.Expr{Kind: declare.Operator, Span: at, Text: operators[e.Op], Args: c.exprs(e.Val)}
	case *hclsyntax.ConditionalExpr:
		return &declare.Expr{Kind: declare.Conditional, Span: at, Args: c.exprs(e.Condition, e.TrueResult, e.FalseResult)}
	case *hclsyntax.ParenthesesExpr:
		return &declare.Expr{Kind: declare.Paren, Span: at, Args: c.exprs(e.Expression)}
	}
	return &declare.Expr{Kind: foreign(e), Span: at}
}

// foreign returns the kind of an expression that the model language has no use for.
func foreign(e hclsyntax.Expression) declare.Kind {
	switch e.(type) {
	case *hclsyntax.IndexExpr:
		return declare.Index
	case *hclsyntax.SplatExpr:
		return declare.Splat
	case *hclsyntax.ForExpr:
		return declare.For
	case *hclsyntax.RelativeTraversalExpr:
		return declare.Access
	}
	return declare.Template
}

func (c converter) exprs(list ...hclsyntax.Expression) []*declare.Expr {
	var out []*declare.Expr
	for _, e := range list {
		out = append(out, c.expr(e))
	}
	return out
}

func (c converter) literal(e *hclsyntax.LiteralValueExpr) *declare.Expr {
	at := span(e.SrcRange)
	switch {
	case !e.Val.IsKnown() || e.Val.IsNull():
		return &declare.Expr{Kind: declare.Null, Span: at}
	case e.Val.Type() == cty.Bool:
		return &declare.Expr{Kind: declare.Bool, Span: at, Text: c.file.Text(at)}
	case e.Val.Type() == cty.Number:
		return &declare.Expr{Kind: declare.Number, Span: at, Text: c.file.Text(at)}
	}
	return &declare.Expr{Kind: declare.String, Span: at, Text: e.Val.AsString()}
}

func template(e *hclsyntax.TemplateExpr, at declare.Span) *declare.Expr {
	var text strings.Builder
	for _, part := range e.Parts {
		literal, ok := part.(*hclsyntax.LiteralValueExpr)
		if !ok || !literal.Val.IsKnown() || literal.Val.IsNull() || literal.Val.Type() != cty.String {
			return &declare.Expr{Kind: declare.Template, Span: at}
		}
		text.WriteString(literal.Val.AsString())
	}
	return &declare.Expr{Kind: declare.String, Span: at, Text: text.String()}
}

func (c converter) traversal(steps hcl.Traversal, at declare.Span) *declare.Expr {
	out := &declare.Expr{Kind: declare.Word, Span: at}
	for _, step := range steps {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			out.Names = append(out.Names, declare.Name{Text: step.Name, Span: span(step.SrcRange)})
		case hcl.TraverseAttr:
			// The range of an attribute begins with the dot.
			place := span(step.SrcRange)
			out.Names = append(out.Names, declare.Name{Text: step.Name, Span: declare.Span{From: place.To - int32(len(step.Name)), To: place.To}})
		default:
			return &declare.Expr{Kind: declare.Index, Span: at}
		}
	}
	return out
}

func (c converter) call(e *hclsyntax.FunctionCallExpr, at declare.Span) *declare.Expr {
	out := &declare.Expr{Kind: declare.Call, Span: at, Text: e.Name, Names: []declare.Name{{Text: e.Name, Span: span(e.NameRange)}}, Args: c.exprs(e.Args...)}
	if e.ExpandFinal {
		return &declare.Expr{Kind: declare.Expand, Span: at}
	}
	return out
}

func (c converter) object(e *hclsyntax.ObjectConsExpr, at declare.Span) *declare.Expr {
	out := &declare.Expr{Kind: declare.Object, Span: at}
	for _, item := range e.Items {
		key := item.KeyExpr
		if wrapped, ok := key.(*hclsyntax.ObjectConsKeyExpr); ok {
			key = wrapped.Wrapped
		}
		out.Keys = append(out.Keys, c.expr(key))
		out.Args = append(out.Args, c.expr(item.ValueExpr))
	}
	return out
}

var operators = map[*hclsyntax.Operation]string{
	hclsyntax.OpLogicalOr: "||", hclsyntax.OpLogicalAnd: "&&", hclsyntax.OpLogicalNot: "!",
	hclsyntax.OpEqual: "==", hclsyntax.OpNotEqual: "!=",
	hclsyntax.OpGreaterThan: ">", hclsyntax.OpGreaterThanOrEqual: ">=",
	hclsyntax.OpLessThan: "<", hclsyntax.OpLessThanOrEqual: "<=",
	hclsyntax.OpAdd: "+", hclsyntax.OpSubtract: "-", hclsyntax.OpNegate: "-",
	hclsyntax.OpMultiply: "*", hclsyntax.OpDivide: "/", hclsyntax.OpModulo: "%",
}
