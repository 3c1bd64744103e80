package syntax

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// A converter turns the tree of hashicorp/hcl into ours.
type converter struct{ file *File }

func span(r hcl.Range) Span { return Span{From: int32(r.Start.Byte), To: int32(r.End.Byte)} }

func between(a, b Span) Span { return Span{From: a.From, To: b.To} }

// body converts a body. The names of attributes that were renamed before parsing
// are given by place.
func (c converter) body(b *hclsyntax.Body, renamed map[int]string) *Body {
	out := &Body{}
	for _, a := range b.Attributes {
		name := a.Name
		if old, ok := renamed[a.NameRange.Start.Byte]; ok {
			name = old
		}
		out.Attrs = append(out.Attrs, &Attr{
			Name: Name{name, span(a.NameRange)}, Value: c.expr(a.Expr),
			Span: between(span(a.NameRange), span(a.Expr.Range())),
		})
	}
	slices.SortFunc(out.Attrs, func(a, b *Attr) int { return cmp.Compare(a.Name.Span.From, b.Name.Span.From) })
	for _, block := range b.Blocks {
		out.Blocks = append(out.Blocks, c.block(block, renamed))
	}
	return out
}

func (c converter) block(b *hclsyntax.Block, renamed map[int]string) *Block {
	out := &Block{
		Type: Name{b.Type, span(b.TypeRange)}, Body: &Body{},
		Span: between(span(b.TypeRange), span(b.CloseBraceRange)),
	}
	for i, label := range b.Labels {
		out.Labels = append(out.Labels, Name{label, span(b.LabelRanges[i])})
	}
	if b.Body != nil {
		out.Body = c.body(b.Body, renamed)
	}
	return out
}

func (c converter) expr(e hclsyntax.Expression) *Expr {
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
		return &Expr{Kind: List, Span: at, Args: c.exprs(e.Exprs...)}
	case *hclsyntax.ObjectConsExpr:
		return c.object(e, at)
	case *hclsyntax.BinaryOpExpr:
		return &Expr{Kind: Operator, Span: at, Text: operators[e.Op], Args: c.exprs(e.LHS, e.RHS)}
	case *hclsyntax.UnaryOpExpr:
		return &Expr{Kind: Operator, Span: at, Text: operators[e.Op], Args: c.exprs(e.Val)}
	case *hclsyntax.ConditionalExpr:
		return &Expr{Kind: Conditional, Span: at, Args: c.exprs(e.Condition, e.TrueResult, e.FalseResult)}
	case *hclsyntax.ParenthesesExpr:
		return &Expr{Kind: Paren, Span: at, Args: c.exprs(e.Expression)}
	}
	return &Expr{Kind: foreign(e), Span: at}
}

// foreign returns the kind of an expression that the model language has no use for.
func foreign(e hclsyntax.Expression) Kind {
	switch e.(type) {
	case *hclsyntax.IndexExpr:
		return Index
	case *hclsyntax.SplatExpr:
		return Splat
	case *hclsyntax.ForExpr:
		return For
	case *hclsyntax.RelativeTraversalExpr:
		return Access
	}
	return Template
}

func (c converter) exprs(list ...hclsyntax.Expression) []*Expr {
	var out []*Expr
	for _, e := range list {
		out = append(out, c.expr(e))
	}
	return out
}

func (c converter) literal(e *hclsyntax.LiteralValueExpr) *Expr {
	at := span(e.SrcRange)
	switch {
	case !e.Val.IsKnown() || e.Val.IsNull():
		return &Expr{Kind: Null, Span: at}
	case e.Val.Type() == cty.Bool:
		return &Expr{Kind: Bool, Span: at, Text: c.file.Text(at)}
	case e.Val.Type() == cty.Number:
		return &Expr{Kind: Number, Span: at, Text: c.file.Text(at)}
	}
	return &Expr{Kind: String, Span: at, Text: e.Val.AsString()}
}

func template(e *hclsyntax.TemplateExpr, at Span) *Expr {
	var text strings.Builder
	for _, part := range e.Parts {
		literal, ok := part.(*hclsyntax.LiteralValueExpr)
		if !ok || !literal.Val.IsKnown() || literal.Val.IsNull() || literal.Val.Type() != cty.String {
			return &Expr{Kind: Template, Span: at}
		}
		text.WriteString(literal.Val.AsString())
	}
	return &Expr{Kind: String, Span: at, Text: text.String()}
}

func (c converter) traversal(steps hcl.Traversal, at Span) *Expr {
	out := &Expr{Kind: Word, Span: at}
	for _, step := range steps {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			out.Names = append(out.Names, Name{step.Name, span(step.SrcRange)})
		case hcl.TraverseAttr:
			// The range of an attribute begins with the dot.
			place := span(step.SrcRange)
			out.Names = append(out.Names, Name{step.Name, Span{place.To - int32(len(step.Name)), place.To}})
		default:
			return &Expr{Kind: Index, Span: at}
		}
	}
	return out
}

func (c converter) call(e *hclsyntax.FunctionCallExpr, at Span) *Expr {
	out := &Expr{Kind: Call, Span: at, Text: e.Name, Names: []Name{{e.Name, span(e.NameRange)}}, Args: c.exprs(e.Args...)}
	if e.ExpandFinal {
		return &Expr{Kind: Expand, Span: at}
	}
	return out
}

func (c converter) object(e *hclsyntax.ObjectConsExpr, at Span) *Expr {
	out := &Expr{Kind: Object, Span: at}
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
