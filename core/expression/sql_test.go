package expression_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

func field(name string) expression.Node {
	path := []address.Ref{address.RefTo(address.New("field", "shop", "pizza", name))}
	return expression.Node{Kind: expression.Field, Path: path}
}

func number(text string) expression.Node {
	return expression.Node{Kind: expression.Number, Text: text}
}

func text(text string) expression.Node {
	return expression.Node{Kind: expression.String, Text: text}
}

func null() expression.Node { return expression.Node{Kind: expression.Null} }

func raw(text string) expression.Node { return expression.Node{Kind: expression.SQL, Text: text} }

func list(args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.List, Args: args}
}

func op(text string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Operator, Text: text, Args: args}
}

func call(name string, args ...expression.Node) expression.Node {
	return expression.Node{Kind: expression.Call, Text: name, Args: args}
}

func TestPrinterSQL(t *testing.T) {
	t.Parallel()
	printer := expression.Printer{
		Field:  func(path []address.Ref) (string, error) { return address.Quote(path[len(path)-1].Name()), nil },
		Type:   func(t address.Ref) (string, error) { return address.Qualify("public", t.Name()), nil },
		Select: func(n expression.Node) (string, error) { return "SELECT " + n.Args[len(n.Args)-1].Path[0].Name(), nil },
	}
	size := address.RefTo(address.New("enum", "shop", "size"))
	for want, n := range map[string]expression.Node{
		`price >= 0`:                       op(">=", field("price"), number("0")),
		`(price >= 0) AND (NOT sold)`:      op("&&", op(">=", field("price"), number("0")), op("!", field("sold"))),
		`(a OR b) AND c`:                   op("&&", op("||", field("a"), field("b")), field("c")),
		`"Name" IS NULL`:                   op("==", field("Name"), null()),
		`(a + b) IS NOT NULL`:              op("!=", null(), op("+", field("a"), field("b"))),
		`a <> b`:                           op("!=", field("a"), field("b")),
		`(a % 2) = 0`:                      op("==", op("%", field("a"), number("2")), number("0")),
		`a - (-1)`:                         op("-", field("a"), number("-1")),
		`-(-a)`:                            op("-", op("-", field("a"))),
		`unit IN ('m', 'it''s')`:           call("in", field("unit"), list(text("m"), text("it's"))),
		`NOT (unit IN ('m'))`:              op("!", call("in", field("unit"), list(text("m")))),
		`false`:                            call("in", field("unit"), list()),
		`unit = ANY (tags)`:                call("in", field("unit"), field("tags")),
		`a BETWEEN 1 AND (2 * b)`:          call("between", field("a"), number("1"), op("*", number("2"), field("b"))),
		`name LIKE '%x%'`:                  call("like", field("name"), text("%x%")),
		`(name IS NULL) = true`:            op("==", call("is_null", field("name")), expression.Node{Kind: expression.Bool, Text: "true"}),
		`count(a) FILTER (WHERE (b > 1))`:  call("filtered", call("count", field("a")), op(">", field("b"), number("1"))),
		`a IN (SELECT a)`:                  call("in", field("a"), expression.Node{Kind: expression.Select, Args: []expression.Node{field("b"), field("a")}}),
		`NOT exists(SELECT a)`:             op("!", call("exists", expression.Node{Kind: expression.Select, Args: []expression.Node{field("a")}})),
		`current_date`:                     call("current_date"),
		`now()`:                            call("NOW"),
		`current_timestamp(3)`:             call("current_timestamp", number("3")),
		`coalesce(a, 0)`:                   call("coalesce", field("a"), number("0")),
		`audit.changed(a)`:                 call("audit::changed", field("a")),
		`count(*)`:                         call("count"),
		`extract('year' FROM at)`:          call("extract", text("year"), field("at")),
		`ARRAY[1, 2]`:                      list(number("1"), number("2")),
		`'{}'`:                             list(),
		`E'a\\b'`:                          text(`a\b`),
		`(price < 9) = a`:                  op("==", op("<", field("price"), number("9")), raw("a")),
		"(a -- it\n) + 1":                  op("+", raw("a -- it"), number("1")),
		`CASE WHEN a THEN 1 ELSE NULL END`: {Kind: expression.Conditional, Args: []expression.Node{field("a"), number("1"), null()}},
		`CAST(a AS numeric(8,2))`:          {Kind: expression.Cast, Text: "numeric(8,2)", Args: []expression.Node{field("a")}},
		`CAST(a AS public.size)`:           {Kind: expression.Cast, Path: []address.Ref{size}, Args: []expression.Node{field("a")}},
		`length(coalesce(CAST(a AS text), '') || ' ' || 'x')`: call("length", call("concat", field("a"), text(" "), text("x"))),
	} {
		got, err := printer.SQL(n)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

func TestPrinterSQL_refuses_what_has_no_place(t *testing.T) {
	t.Parallel()
	_, err := expression.Printer{}.SQL(op("+", field("a"), number("1")))
	assert.ErrorContains(t, err, "field not allowed here")
	_, err = expression.Printer{}.SQL(expression.Node{Kind: expression.Name, Text: "n"})
	assert.ErrorContains(t, err, "annotation not allowed here")
	_, err = expression.Printer{}.SQL(call("exists", expression.Node{Kind: expression.Select, Args: []expression.Node{field("a")}}))
	assert.ErrorContains(t, err, "subquery not allowed here")
	_, err = expression.Printer{}.SQL(op("<", number("1")))
	assert.ErrorContains(t, err, "unknown operator")
}

// In a subquery only what is outer is about the rows around it.
func TestWalkOwn(t *testing.T) {
	t.Parallel()
	outer := func(n expression.Node) expression.Node {
		return expression.Node{Kind: expression.Outer, Args: []expression.Node{n}}
	}
	inner := expression.Node{Kind: expression.Select, Args: []expression.Node{op("==", field("b"), outer(outer(field("c"))))}}
	n := op("&&", field("a"), expression.Node{Kind: expression.Select, Args: []expression.Node{
		op("&&", op("==", field("d"), outer(field("e"))), inner),
	}})
	var own []string
	n.WalkOwn(func(n expression.Node) {
		if n.Kind == expression.Field {
			own = append(own, n.Path[0].Name())
		}
	})
	assert.Equal(t, []string{"a", "e", "c"}, own)
	assert.True(t, n.Has(expression.Outer))
}
