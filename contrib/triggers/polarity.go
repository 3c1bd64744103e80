package triggers

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
)

// A polarity is how a value changes when rows are added; false is less than true.
type polarity int

const (
	constant polarity = iota // not at all
	grows                    // it stays or grows
	shrinks                  // it stays or shrinks
	unknown                  // either
)

// aggregatePolarity holds the aggregates that more rows move in one direction.
var aggregatePolarity = map[string]polarity{
	"count": grows, "max": grows, "bool_or": grows,
	"min": shrinks, "bool_and": shrinks, "every": shrinks,
}

// polarityOf returns how the results of a query change when rows are added to
// the model, or to a join table on the way. If it grows, nothing that takes rows
// away can break the constraint.
func polarityOf(q expression.Query, list []join) polarity {
	p := polarities{query: q}
	total := grows // with the first row of a group comes the group
	if len(q.Annotate) > 0 {
		for _, node := range q.Having {
			total = both(total, p.of(node))
		}
		if len(q.Where) == 0 && len(q.Values) == 0 {
			return total
		}
	}
	// A condition on rows of a join table, or a group by them: none of them at
	// all can matter too.
	if slices.ContainsFunc(list, func(j join) bool { return j.many && j.inside == 0 }) {
		return unknown
	}
	return total
}

type polarities struct{ query expression.Query }

func (p polarities) of(n expression.Node) polarity {
	switch n.Kind {
	case expression.Number, expression.String, expression.Bool, expression.Null, expression.Field:
		return constant // a field beside aggregates is grouped by
	case expression.Name:
		return p.annotation(n.Text)
	case expression.Operator:
		return p.operator(n)
	case expression.Call:
		if n.Text == "filtered" {
			return p.of(n.Args[0])
		}
		if known, ok := aggregatePolarity[strings.ToLower(n.Text)]; ok {
			return known
		}
	}
	return unknown
}

func (p polarities) annotation(name string) polarity {
	for i, a := range p.query.Annotate {
		if a.As == name {
			earlier := p
			earlier.query.Annotate = p.query.Annotate[:i]
			return earlier.of(a.Value)
		}
	}
	return unknown
}

func (p polarities) operator(n expression.Node) polarity {
	if len(n.Args) == 1 {
		return flipped(p.of(n.Args[0]))
	}
	if len(n.Args) != 2 {
		return unknown
	}
	a, b := p.of(n.Args[0]), p.of(n.Args[1])
	switch n.Text {
	case ">", ">=", "-":
		return both(a, flipped(b))
	case "<", "<=":
		return both(flipped(a), b)
	case "+", "&&", "||":
		return both(a, b)
	}
	if a == constant && b == constant {
		return constant
	}
	return unknown
}

func flipped(p polarity) polarity {
	switch p {
	case grows:
		return shrinks
	case shrinks:
		return grows
	}
	return p
}

// both returns the polarity of what moves with a and with b.
func both(a, b polarity) polarity {
	switch {
	case a == constant || a == b:
		return b
	case b == constant:
		return a
	}
	return unknown
}
