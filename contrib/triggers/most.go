package triggers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/expression"
)

// A most is the most rows that a group may have, where that is all that a query
// asks for. Then a check need not count: it looks for one row more and stops.
type most struct {
	rows  int
	count []string // conditions that a row is counted
}

// readMost finds out whether the query is about the most rows of a group.
func (c *compiler) readMost() error {
	limit, ok := c.limit()
	if !ok {
		return nil
	}
	at := slices.IndexFunc(c.from.Annotate, func(a expression.Annotation) bool { return a.As == c.from.Having[0].Args[0].Text })
	if at < 0 {
		return nil
	}
	count, ok, err := c.counted(c.from.Annotate[at].Value)
	if err == nil && ok {
		c.query.most = &most{rows: limit, count: count}
	}
	return err
}

// limit returns N of the filter n > N.
func (c *compiler) limit() (int, bool) {
	if len(c.from.Having) != 1 || len(c.from.Having[0].Args) != 2 {
		return 0, false
	}
	n := c.from.Having[0]
	if n.Kind != expression.Operator || n.Args[0].Kind != expression.Name || n.Args[1].Kind != expression.Number {
		return 0, false
	}
	limit, err := strconv.Atoi(n.Args[1].Text)
	if n.Text == ">=" {
		limit--
	}
	return limit, err == nil && limit >= 0 && (n.Text == ">" || n.Text == ">=")
}

// counted returns the conditions on the rows that a plain count is of.
func (c *compiler) counted(n expression.Node) ([]string, bool, error) {
	if n.Kind != expression.Call || n.Has(expression.Select) {
		return nil, false, nil
	}
	switch name := strings.ToLower(n.Text); {
	case name == "filtered" && len(n.Args) == 2:
		conditions, ok, err := c.counted(n.Args[0])
		if err != nil || !ok {
			return nil, false, err
		}
		sql, err := c.printer(outermost).SQL(n.Args[1])
		return append(conditions, "("+sql+")"), true, err
	case name == "count" && len(n.Args) == 0:
		return nil, true, nil
	case name == "count" && len(n.Args) == 1 && n.Args[0].Kind == expression.Field:
		sql, err := c.printer(outermost).Enclosed(n.Args[0])
		return []string{sql + " IS NOT NULL"}, true, err
	}
	return nil, false, nil
}

// beyond returns a query that has a row if the rows for which a condition holds
// are more than the group of them may have.
func (q *query) beyond(condition string) string {
	return fmt.Sprintf("(SELECT FROM %s\n        WHERE %s OFFSET %d)", tables(q.joins, 0, inside(q.joins, 0)),
		strings.Join(slices.Concat([]string{condition}, q.where, q.most.count), " AND "), q.most.rows)
}
