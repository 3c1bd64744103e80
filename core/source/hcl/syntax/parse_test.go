package syntax

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/declare"
)

var samples = []string{
	"",
	"# only a comment",
	"model \"pizza\" {\n  field \"name\" { type = varchar(30) }\n}\n",
	"model pizza {}\n",
	"a = 1 // x\n/* y */ b = -2.50\nc = !d && e || f == g\r\n",
	"a = [1, 2,\n 3,\n]\nb = {x = 1, y : 2\n z = count()\n}\n",
	"a = (b +\n c) * d / e % f - g\n",
	"a = b ? c : d ? e : f\n",
	"a = b.c.d\nq = f(x, g(y,\n z,), [])\n",
	"a = \"x \\\"q\\\" \\u00e9 \\\\ \\n\"\nl \"it's\" \"b\\\"c\" {\n}\n",
	"a = \"é $x %s $$ %\"\n",
	"a = \"$${x} ${y}\"\n",
	"a = <<EOT\n x $${ \nEOT\nfilter = 1\nfilter = 2\n",
	"a = x::y(1)\nb = x[0]\nc = x.*.y\nd = [for x in y : x]\ne = f(x...)\ng = (h).i\nj = 1e5\n",
	"a-b = c-d - e\n",
	"a = null\nb = true\nc = nulls\n",
	"a == b\n", "a = b c = d\n", "m { a = 1 b = 2 }\n", "m {", "a = [1", "a = \"x", "m \"a {\n}", "}", "a = 1 }", "m {} n {}\n",
	"a = b <> c\n", "a = b = c\n", "m { n {} }\n", "m {\n n { o = [\n] }\n}",
	"a = \"e\u0301\"\n", "é = 1\n", "\ufeffa = 1\n", "a = b -c\n", "a = --b\n", "a = 1.\n", "a = 1.5.2\n", "a = {(b) = c}\n", "a = {for x in y : x => x}\n",
}

// TestFast checks that the fast parser gives up or agrees with hashicorp/hcl.
func TestFast(t *testing.T) {
	t.Parallel()
	for _, src := range samples {
		agree(t, src)
	}
}

func TestFastReadsModels(t *testing.T) {
	t.Parallel()
	for _, src := range samples[:11] {
		if _, ok := fastBody([]byte(src)); !ok {
			t.Errorf("the fast parser gave up on %q", src)
		}
	}
}

func FuzzFast(f *testing.F) {
	for _, src := range samples {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) { agree(t, src) })
}

func agree(t *testing.T, src string) {
	t.Helper()
	file, _ := Parse("x.hcl", []byte(src))
	if (reading{file}).refused() != nil {
		return
	}
	fastest, ok := fastBody([]byte(src))
	if !ok {
		return
	}
	parsed, problems := hclsyntax.ParseConfig([]byte(src), "x.hcl", hcl.InitialPos)
	if duplicated(problems) {
		return
	}
	if problems.HasErrors() {
		t.Fatalf("%q: the fast parser took what is wrong: %v", src, problems)
	}
	want := converter{file}.body(parsed.Body.(*hclsyntax.Body), nil)
	if !reflect.DeepEqual(fastest, want) {
		t.Fatalf("%q:\nfast %s\nslow %s", src, dump(fastest), dump(want))
	}
}

func duplicated(problems hcl.Diagnostics) bool {
	for _, p := range problems {
		if p.Summary != "Attribute redefined" {
			return false
		}
	}
	return problems.HasErrors()
}

func dump(b *declare.Body) string {
	text := ""
	for _, a := range b.Attrs {
		text += fmt.Sprintf("%+v = %s; ", a.Name, dumpExpr(a.Value))
	}
	for _, c := range b.Blocks {
		text += fmt.Sprintf("%+v %+v %v {%s}", c.Type, c.Labels, c.Span, dump(c.Body))
	}
	return text
}

func dumpExpr(e *declare.Expr) string {
	text := fmt.Sprintf("(%d %v %q %+v", e.Kind, e.Span, e.Text, e.Names)
	for i, a := range e.Args {
		if e.Keys != nil {
			text += " " + dumpExpr(e.Keys[i]) + ":"
		}
		text += " " + dumpExpr(a)
	}
	return text + ")"
}

// A quote that nothing closes is one mistake, and a mistake in another block is
// another one.
func TestWhatFollowsFromAStrayQuoteIsLeftOut(t *testing.T) {
	t.Parallel()
	_, problems := Parse("x.hcl", []byte("model \"a\" {\n  x = \"small\n  y = 1\n  z = \"a\"\n}\n\nmodel \"b\" {\n  tags = text[]\n}\n"))
	var got []string
	for _, d := range problems {
		got = append(got, d.Range.String()+" "+d.Next)
	}
	require.Equal(t, []string{
		"x.hcl:2:13 close the string on its line; text of several lines is written <<-TEXT, the lines, TEXT",
		"x.hcl:8:15 write array(text) for text[]",
	}, got)
}
