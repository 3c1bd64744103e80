package syntax_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// An expression has as many terms as everybody can read who gets it.
func TestLongExpressions(t *testing.T) {
	t.Parallel()
	const heredoc = "  doc = <<-X\n    text\n  X\n" // is read by hashicorp/hcl
	sum := func(terms int, operator string) string { return strings.Repeat("a"+operator, terms-1) + "a" }
	for _, c := range []struct{ name, expression, after, want string }{
		{"long enough", sum(1990, " + "), "", ""},
		{"long enough for hashicorp/hcl", sum(1990, " + "), heredoc, ""},
		{"too long", sum(10_000, " + "), "", "m.hcl:2:10: the expression is too long"},
		{"too long for hashicorp/hcl", sum(10_000, " && "), heredoc, "m.hcl:2:10: the expression is too long"},
		{"a million", sum(1_000_000, " * "), heredoc, "m.hcl:2:10: the expression is too long"},
		{"side by side", "f(" + sum(1990, " + ") + ", " + sum(1990, " + ") + ")", "", ""},
		{"in one another", strings.Repeat("("+sum(100, " + ")+" + ", 30) + "a" + strings.Repeat(")", 30), "", ""},
		{"in one another at the left", strings.Repeat("(", 30) + "a" + strings.Repeat(" + "+sum(100, " + ")+")", 30), "", "m.hcl:2:10: the expression is too long"},
	} {
		_, found := syntax.Parse("m.hcl", []byte("check \"c\" {\n  that = "+c.expression+"\n"+c.after+"}\n"))
		require.Equal(t, c.want, found.Error(), c.name)
	}
	_, _, found := syntax.ParseExpression("e", []byte(sum(10_000, " + ")))
	require.Equal(t, "e:1:1: the expression is too long", found.Error())
}
