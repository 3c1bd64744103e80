package resolve

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/state"
)

// typed returns values that are compared with each other, the lists of literals among
// them in the type of the array that they are compared with: PostgreSQL takes one of texts
// for text[] and one of numbers for the first type that holds them, and compares neither
// with another array.
func (s *scope) typed(function string, args []expression.Node) []expression.Node {
	if len(args) < 2 {
		return args
	}
	typed := slices.Clone(args)
	typed[0] = s.typedAs(args[0], args[1])
	for i, n := range args[1:] {
		if function != "in" {
			typed[i+1] = s.typedAs(n, args[0])
			continue
		}
		typed[i+1].Args = slices.Clone(n.Args)
		for j, element := range n.Args {
			typed[i+1].Args[j] = s.typedAs(element, args[0])
		}
	}
	return typed
}

func (s *scope) typedAs(n, other expression.Node) expression.Node {
	t := s.domainOf(other)
	if n.Kind != expression.List || t == nil {
		return n
	}
	natural := naturalType(n)
	if t = t.base(); natural == "" || t.Dimensions == 0 || t.name.Base() == natural || t.category() == pgtype.Integer && natural == "numeric" {
		return n
	}
	s.uses.ofType(t, state.Exists|state.Definition)
	cast := expression.Node{Kind: expression.Cast, Args: []expression.Node{n}, Text: t.SQL + strings.Repeat("[]", t.Dimensions)}
	if t.Of != nil {
		cast.Path = []address.Ref{*t.Of}
	}
	return cast
}

// naturalType returns the type that PostgreSQL gives the elements of a list of literals,
// or "" if something else is in it, or nothing.
func naturalType(list expression.Node) string {
	natural := ""
	for i, n := range list.Args {
		t := literalType(n)
		if i > 0 && slices.Index(numberTypes, t) >= 0 && slices.Index(numberTypes, natural) > slices.Index(numberTypes, t) {
			t = natural
		}
		if t == "" || i > 0 && t != natural && (slices.Index(numberTypes, natural) < 0 || slices.Index(numberTypes, t) < 0) {
			return ""
		}
		natural = t
	}
	return natural
}

// numberTypes are the types that a number in SQL can have, the first that holds it.
var numberTypes = []string{"integer", "bigint", "numeric"}

func literalType(n expression.Node) string {
	switch n.Kind {
	case expression.String:
		return "text"
	case expression.Bool:
		return "boolean"
	case expression.List:
		return naturalType(n)
	case expression.Number:
		value, err := strconv.ParseInt(n.Text, 10, 64)
		switch _, most, _ := pgtype.Range("integer"); {
		case err != nil:
			return "numeric"
		case value > most || value < -most:
			return "bigint"
		}
		return "integer"
	}
	return ""
}
