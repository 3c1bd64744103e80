package triggers

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// NULL is in no set, and outside of none but an empty one: of the latter, !in
// says true. So the last row that leaves a set, and where it is not known how in
// is used the first one too, matters to those who ask whether NULL is in it.

// nullable reports whether what a subquery is asked for can be NULL: the column
// at the end of a path can, or is of a row that need not be there.
func (c *compiler) nullable(p place, end step, path []address.Ref) bool {
	if c.notNull(p, path) {
		return false
	}
	null := end.link.null
	for at := end.parent; at != p.root; at = c.joins.list[at].parent {
		null = null || c.joins.list[at].through || c.joins.list[at].link.null
	}
	return null
}

// notNull reports whether the filter around a subquery lets no rows pass in which
// a field is NULL: none of its comparisons does.
func (c *compiler) notNull(p place, path []address.Ref) bool {
	around := []expression.Node{p.condition}
	if p.outer == nil {
		around = c.from.Where
		if !c.query.grouped {
			around = slices.Concat(around, c.from.Having)
		}
	}
	return slices.ContainsFunc(around, func(n expression.Node) bool { return compares(n, path) })
}

// compares reports whether a condition is, or has as one of several that have to
// hold, a comparison of a field.
func compares(n expression.Node, path []address.Ref) bool {
	if n.Kind != expression.Operator || len(n.Args) != 2 {
		return false
	}
	isField := func(n expression.Node) bool { return n.Kind == expression.Field && slices.Equal(n.Path, path) }
	switch n.Text {
	case "&&":
		return compares(n.Args[0], path) || compares(n.Args[1], path)
	case "==":
		return (isField(n.Args[0]) || isField(n.Args[1])) && n.Args[0].Kind != expression.Null && n.Args[1].Kind != expression.Null
	case "!=", "<", "<=", ">", ">=":
		return isField(n.Args[0]) || isField(n.Args[1])
	}
	return false
}

// voids returns the subqueries that a row of a table is read by and that are
// asked whether NULL is in them.
func (q *query) voids(at int) []int {
	var roots []int
	for root := q.joins[at].inside; root != 0; root = q.joins[q.joins[root].parent].inside {
		if j := q.joins[root]; j.probe != nil && j.adds != grows {
			roots = append(roots, root)
		}
	}
	return roots
}

// void returns the check of the rows that ask whether NULL is in a subquery.
// Where only fewer rows can break the constraint it is about an empty set.
func (q *query) void(root int) string {
	j := q.joins[root]
	empty := ""
	if j.adds == shrinks && j.alone != "" {
		empty = " AND NOT EXISTS (" + j.alone + ")"
	}
	return q.linked(*j.probe, " IS NULL"+empty)
}
