package triggers

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
)

// A place is where an expression stands: in the query or in a subquery.
type place struct {
	root      int // index of the join that names are of
	outer     *place
	condition expression.Node // of the subquery
}

var outermost = place{}

// condition writes a condition. How its results change with those of the
// subqueries in it is as given.
func (c *compiler) condition(p place, n expression.Node, adds polarity) (string, error) {
	c.adds, c.probe = unknown, nil
	if !n.Has(expression.Select) {
		return c.printer(p).SQL(n)
	}
	switch {
	case n.Kind == expression.Operator && n.Text == "!":
		sql, err := c.condition(p, n.Args[0], flipped(adds))
		return "NOT (" + sql + ")", err
	case n.Kind == expression.Operator && (n.Text == "&&" || n.Text == "||"):
		left, err := c.condition(p, n.Args[0], adds)
		if err != nil {
			return "", err
		}
		right, err := c.condition(p, n.Args[1], adds)
		return "(" + left + ") " + map[string]string{"&&": "AND", "||": "OR"}[n.Text] + " (" + right + ")", err
	case n.Kind == expression.Call && isSubquery(n):
		c.adds = adds
		if len(n.Args) == 2 {
			c.probe = &n.Args[0]
		}
	}
	return c.printer(p).SQL(n)
}

// isSubquery reports whether a node is exists(...) or in(x, select(...)).
func isSubquery(n expression.Node) bool {
	last := n.Args[len(n.Args)-1]
	return last.Kind == expression.Select && (n.Text == "exists" || n.Text == "in" && !n.Args[0].Has(expression.Select))
}

// subquery writes a subquery: rows of a model, or values of them that are not
// NULL, as with one among them nothing would be outside.
func (c *compiler) subquery(p place, n expression.Node) (string, error) {
	table, err := readTable(c.joins.state, n.Path[0].Address)
	if err != nil {
		return "", err
	}
	adds, probe := c.adds, c.probe
	c.adds, c.probe = unknown, nil // of those in it
	at := c.joins.open(p.root, table, adds)
	inner := place{root: at, outer: &p, condition: n.Args[0]}
	value, condition := "", ""
	if len(n.Args) > 1 {
		if value, err = c.printer(inner).Enclosed(n.Args[1]); err != nil {
			return "", err
		}
		condition = value + " IS NOT NULL AND "
	}
	sql, err := c.condition(inner, n.Args[0], adds)
	if err != nil {
		return "", err
	}
	if err := c.link(p, at, n, probe); err != nil {
		return "", err
	}
	text := strings.TrimSpace("SELECT "+value) + " FROM " + tables(c.joins.list, at, inside(c.joins.list, at)) +
		" WHERE " + condition + "(" + sql + ")"
	if !n.Has(expression.Outer) {
		c.joins.list[at].alone = text
	}
	return text, nil
}

func (c *compiler) outer(p place, n expression.Node) (string, error) {
	if p.outer == nil {
		return c.printer(p).Enclosed(n.Args[0])
	}
	return c.printer(*p.outer).Enclosed(n.Args[0])
}

// link finds a column of a subquery that has to equal one outside. Then a row of
// it matters only to the rows with its value there.
func (c *compiler) link(p place, at int, n expression.Node, probe *expression.Node) error {
	pairs := equalities(n.Args[0])
	probed := len(pairs) // index of the pair of the probe
	if probe != nil && len(n.Args) > 1 {
		pairs = append(pairs, [2]expression.Node{n.Args[1], *probe})
	}
	for i, pair := range pairs {
		if pair[0].Kind != expression.Field || pair[1].Kind != expression.Field || c.query.former != nil && len(pair[0].Path) != 1 {
			continue
		}
		where, own, err := c.joins.resolve(at, pair[0].Path)
		if err != nil {
			return err
		}
		parent, link, err := c.joins.resolve(p.root, pair[1].Path)
		if err != nil {
			return err
		}
		outside := step{parent, link, own}
		if c.joins.lead(at, where, outside) {
			if i == probed && c.nullable(p, outside, pair[1].Path) {
				c.joins.list[at].probe = &outside
			}
			return nil
		}
	}
	return nil
}

// equalities returns what has to be equal for a condition to hold: something
// inside a subquery, and something outside.
func equalities(n expression.Node) [][2]expression.Node {
	if n.Kind != expression.Operator || len(n.Args) != 2 {
		return nil
	}
	a, b := n.Args[0], n.Args[1]
	switch {
	case n.Text == "&&":
		return append(equalities(a), equalities(b)...)
	case n.Text == "==" && b.Kind == expression.Outer:
		return [][2]expression.Node{{a, b.Args[0]}}
	case n.Text == "==" && a.Kind == expression.Outer:
		return [][2]expression.Node{{b, a.Args[0]}}
	}
	return nil
}

// inGroups turns how rows of subqueries change which rows are counted into how
// they change the groups that break the constraint.
func (q *query) inGroups() {
	for at := range q.joins {
		j := &q.joins[at]
		switch {
		case !j.isRoot(at) || !q.grouped || q.grows == grows:
		case q.grows == shrinks:
			j.adds = flipped(j.adds)
		default:
			j.adds = unknown
		}
	}
}

// reachable reports whether a row of a table leads to the results that it is part
// of: not if a subquery is on the way that has no equality with what is outside.
func (q *query) reachable(at int) bool {
	for ; at > 0; at = q.joins[at].lead.parent {
		if q.joins[at].isRoot(at) && !q.joins[at].linked {
			return false
		}
	}
	return true
}
