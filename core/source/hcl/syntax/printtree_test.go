package syntax

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/zclconf/go-cty/cty"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// TestPrintTree prints random trees that come from no text, and reads them again.
func TestPrintTree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := &declare.Document{Name: "tree", Body: trees{t}.body(0)}
		text, err := Print(d)
		require.NoError(t, err)
		read, problems := Parse("tree", text)
		require.Empty(t, problems, "%s", text)
		require.True(t, d.Body.Equal(bare(read.Body)), "%s", text)
	})
}

// TestPrintRefuses: what no text can say is an error.
func TestPrintRefuses(t *testing.T) {
	t.Parallel()
	word := func(names ...string) *declare.Expr {
		e := &declare.Expr{Kind: declare.Word}
		for _, n := range names {
			e.Names = append(e.Names, declare.Name{Text: n})
		}
		return e
	}
	for want, e := range map[string]*declare.Expr{
		`"Where Else" is no identifier`:                    word("a", "Where Else"),
		`"true.a" is no name`:                              word("true", "a"),
		`"" is no name`:                                    word(),
		`"-1" is no number`:                                {Kind: declare.Number, Text: "-1"},
		`"a b" is no identifier`:                           {Kind: declare.Call, Text: "a b"},
		`the text "\xff" is not valid UTF-8`:               {Kind: declare.String, Text: "\xff"},
		`the text "e\u0301" is not in Unicode's normal`:    {Kind: declare.String, Text: "e\u0301"},
		`the text "x\n\ny e\u0301\n" is not in Unicode's`:  {Kind: declare.String, Text: "x\n\ny e\u0301\n"},
		`the tree does not hold the text of an expression`: {Kind: declare.Template},
	} {
		_, err := Print(&declare.Document{Name: "x", Body: &declare.Body{Attrs: []*declare.Attr{{Name: declare.Name{Text: "a"}, Value: e}}}})
		require.ErrorContains(t, err, "printing x: "+want)
	}
}

// trees draws trees as a program makes them: without parentheses.
type trees struct{ *rapid.T }

var identifiers = []string{"a", "b_c", "d-e", "for", "größe", "Where", "include", "x1", "_"}

func (t trees) name(from ...string) declare.Name {
	return declare.Name{Text: rapid.SampledFrom(from).Draw(t.T, "name")}
}

func (t trees) upTo(n int) int { return rapid.IntRange(0, n).Draw(t.T, "count") }

func (t trees) body(depth int) *declare.Body {
	b := &declare.Body{}
	for i := range t.upTo(4) {
		name := t.name(identifiers...)
		name.Text += string(rune('a' + i)) // a name once
		b.Attrs = append(b.Attrs, &declare.Attr{Name: name, Value: t.expr(0)})
	}
	if depth == 3 {
		return b
	}
	for range t.upTo(3) {
		block := &declare.Block{Type: t.name(identifiers...), Body: t.body(depth + 1)}
		for range t.upTo(2) {
			block.Labels = append(block.Labels, declare.Name{Text: t.text(false)})
		}
		b.Blocks = append(b.Blocks, block)
	}
	return b
}

var pieces = []string{
	"a", "select id\n", "\n", "  ", "\t", "é", "\u0338", "e\u0301", "${", "$", "%{", "%", "{", "}", `"`, `\`, "\r\n", "\x00", "\u200b", "\ufeff",
	"EOT", "SQL", "EOT\n", "\U0001F600", "\u0e33", "\uff9e", "日本", "//", "#", "/*", "<<-SQL\n", "where x > 1\n", strings.Repeat("long ", 20),
}

func (t trees) text(normal bool) string {
	text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t.T, "text"), "")
	if normal {
		return cty.NormalizeString(text)
	}
	return text
}

func (t trees) exprs(least, most, depth int) []*declare.Expr {
	var list []*declare.Expr
	for range rapid.IntRange(least, most).Draw(t.T, "args") {
		list = append(list, t.expr(depth))
	}
	return list
}

func (t trees) expr(depth int) *declare.Expr {
	kind := rapid.IntRange(0, 10).Draw(t.T, "kind")
	if depth == 4 {
		kind %= 5
	}
	switch kind {
	case 0:
		e := &declare.Expr{Kind: declare.Word, Names: []declare.Name{t.name(identifiers...)}}
		for range t.upTo(2) {
			e.Names = append(e.Names, t.name(append([]string{"null"}, identifiers...)...))
		}
		return e
	case 1:
		return &declare.Expr{Kind: declare.String, Text: t.text(true)}
	case 2:
		return &declare.Expr{Kind: declare.Number, Text: t.name("0", "12", "1.50", "1e5", "2.5E-3").Text}
	case 3:
		return &declare.Expr{Kind: declare.Bool, Text: t.name("true", "false").Text}
	case 4:
		return &declare.Expr{Kind: declare.Null}
	}
	return t.compound(kind, depth+1)
}

func (t trees) compound(kind, depth int) *declare.Expr {
	switch kind {
	case 5:
		name := t.name("sql", "f", "for", "a::b", "in")
		return &declare.Expr{Kind: declare.Call, Text: name.Text, Names: []declare.Name{name}, Args: t.exprs(0, 3, depth)}
	case 6:
		return &declare.Expr{Kind: declare.List, Args: t.exprs(0, 5, depth)}
	case 7:
		values := t.exprs(0, 3, depth)
		e := &declare.Expr{Kind: declare.Object, Args: values}
		for range values {
			e.Keys = append(e.Keys, t.key())
		}
		return e
	case 8:
		return &declare.Expr{Kind: declare.Conditional, Args: t.exprs(3, 3, depth)}
	case 9:
		return &declare.Expr{Kind: declare.Operator, Text: t.name("-", "!").Text, Args: t.exprs(1, 1, depth)}
	}
	operator := t.name("||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%")
	return &declare.Expr{Kind: declare.Operator, Text: operator.Text, Args: t.exprs(2, 2, depth)}
}

func (t trees) key() *declare.Expr {
	if t.upTo(1) == 0 {
		return &declare.Expr{Kind: declare.String, Text: t.text(true)}
	}
	return &declare.Expr{Kind: declare.Word, Names: []declare.Name{t.name(identifiers...)}}
}

// bare takes parentheses out of a tree.
func bare(b *declare.Body) *declare.Body {
	out := &declare.Body{}
	for _, a := range b.Attrs {
		out.Attrs = append(out.Attrs, &declare.Attr{Name: a.Name, Value: bareExpr(a.Value)})
	}
	for _, block := range b.Blocks {
		out.Blocks = append(out.Blocks, &declare.Block{Type: block.Type, Labels: block.Labels, Body: bare(block.Body)})
	}
	return out
}

func bareExpr(e *declare.Expr) *declare.Expr {
	for e.Kind == declare.Paren {
		e = e.Args[0]
	}
	out := &declare.Expr{Kind: e.Kind, Text: e.Text, Names: e.Names}
	for _, arg := range e.Args {
		out.Args = append(out.Args, bareExpr(arg))
	}
	for _, key := range e.Keys {
		out.Keys = append(out.Keys, bareExpr(key))
	}
	return out
}
