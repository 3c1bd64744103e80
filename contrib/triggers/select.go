package triggers

import (
	"strconv"
	"strings"
)

// sql returns the query. Its columns are the keys k0, k1, ...
func (q *query) sql(extra ...string) string {
	var b strings.Builder
	b.WriteString("SELECT " + strings.Join(append(q.keyColumns(), extra...), ", "))
	b.WriteString("\n        FROM " + tables(q.joins, 0, inside(q.joins, 0)))
	if len(q.where) > 0 {
		b.WriteString("\n        WHERE " + strings.Join(q.where, " AND "))
	}
	if q.grouped {
		b.WriteString("\n        GROUP BY " + q.ordinals())
	}
	if len(q.having) > 0 {
		b.WriteString("\n        HAVING " + strings.Join(q.having, " AND "))
	}
	return b.String()
}

func (q *query) keyColumns() []string {
	list := make([]string, len(q.keys))
	for i, k := range q.keys {
		list[i] = k.sql + " AS " + keyName(i)
	}
	if len(list) == 0 {
		return []string{"1 AS " + keyName(0)}
	}
	return list
}

func keyName(i int) string { return "k" + strconv.Itoa(i) }

// tables returns what stands in FROM: a table and some that are joined to it.
func tables(all []join, root int, joined []join) string {
	text := all[root].sql() + " AS " + all[root].alias
	for _, j := range joined {
		text += "\n        LEFT JOIN " + j.sql() + " AS " + j.alias +
			" ON " + j.own.of(j.alias) + " = " + j.link.of(all[j.parent].alias)
	}
	return text
}

// inside returns the joins of the subquery with that root, or of the query for 0,
// besides the table that it is over.
func inside(all []join, root int) []join {
	var list []join
	for at, j := range all {
		if j.inside == root && at != root {
			list = append(list, j)
		}
	}
	return list
}

func (q *query) ordinals() string {
	list := make([]string, len(q.keys))
	for i := range q.keys {
		list[i] = strconv.Itoa(i + 1)
	}
	return strings.Join(list, ", ")
}
