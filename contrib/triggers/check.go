package triggers

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
)

// A row is one of the records that a trigger function has.
type row string

const (
	oldRow row = "OLD"
	newRow row = "NEW"
)

// keyed returns what the keys of the results that a row of a table is part of
// are, as expressions over the row, or nil if the row alone does not say it.
func (q *query) keyed(at int, r row) []string {
	j := q.joins[at]
	switch {
	case len(q.keys) == 0, !q.reachable(at), len(q.voids(at)) > 0 && q.former == nil:
		return nil
	case at == 0:
		return q.ownKeys(r)
	case j.lead.parent == 0 && len(q.keys) == 1 && q.keys[0].column != nil && q.keys[0].column.address == j.lead.link.address &&
		(j.lead.fits() || q.former != nil):
		typ, _ := meet(j.lead.own.typ, j.lead.link.typ)
		return []string{j.lead.own.in(typ, r)}
	}
	return nil
}

func (q *query) ownKeys(r row) []string {
	var list []string
	for _, k := range q.keys {
		sql, err := k.over(q.joins[0].table, r)
		if err != nil {
			return nil
		}
		list = append(list, sql)
	}
	return list
}

// over returns the key of a row of the model.
func (k key) over(t *table, r row) (string, error) {
	if k.column != nil {
		return k.column.of(string(r)), nil
	}
	if !k.local {
		return "", errKey
	}
	printer := expression.Printer{
		Field: func(path []address.Ref) (string, error) {
			c, err := t.column(path[0].Address)
			return c.of(string(r)), err
		},
		Type: func(address.Ref) (string, error) { return "", errKey },
	}
	sql, err := printer.Enclosed(k.node)
	return sql, err
}

const errKey = keyError("the key is not in the row")

type keyError string

func (e keyError) Error() string { return string(e) }

// whole reports whether a written row does not say which results to check.
func (q *query) whole() bool {
	if q.syntax.opaque || len(q.keys) == 0 {
		return true
	}
	return q.keyed(0, newRow) == nil
}

// check returns a query that has a row if a result that a row of a table is part
// of is there. The query stays as it is, wrapped in conditions on its results:
// PostgreSQL moves these inside where that is the same.
func (q *query) check(at int, r row) string {
	if q.whole() {
		return q.sql()
	}
	if keys := q.keyed(at, r); keys != nil {
		return q.checkKeys(keys)
	}
	lead := q.joins[at].lead
	checks := []string{q.linked(lead, " = "+lead.own.of(string(r)))}
	for _, root := range q.voids(at) {
		checks = append(checks, q.void(root))
	}
	return strings.Join(checks, "\n        UNION ALL ")
}

// linked returns the check of the results with rows whose link has some value, a
// condition that begins with an operator.
func (q *query) linked(s step, has string) string {
	link := s.link.of(q.joins[s.parent].alias)
	if !q.grouped && q.joins[s.parent].inside == 0 {
		return wrapped(q.sql(link+" AS link"), "q.link"+has)
	}
	return q.reached(s.parent, link+has)
}

// checkKeys returns the check of the result with these keys. Where the first can
// be NULL there are two: no index helps with a condition for both.
func (q *query) checkKeys(values []string) string {
	f := q.finder()
	if k := q.keys[0]; k.column != nil && !k.column.null {
		return f.find(q.equal(f.keys, values))
	}
	rest := ""
	if len(values) > 1 {
		rest = " AND " + q.equal(f.keys[1:], values[1:])
	}
	return f.find(f.keys[0]+" = "+values[0]+rest) + "\n        UNION ALL " +
		f.find(f.keys[0]+" IS NULL AND "+values[0]+" IS NULL"+rest)
}

// fenced returns the check of the result with these keys as a subquery. OFFSET
// keeps PostgreSQL from turning what is around it into one query over all groups.
func (q *query) fenced(values []string) string {
	if q.most != nil {
		return q.checkKeys(values) // it has one
	}
	return q.checkKeys(values) + " OFFSET 0"
}

// A finder makes queries that have a row if there is a result for which a
// condition on its keys holds.
type finder struct {
	keys []string
	find func(condition string) string
}

func (q *query) finder() finder {
	f := finder{find: func(condition string) string { return wrapped(q.sql(), condition) }}
	for i, k := range q.keys {
		name := "q." + keyName(i)
		if q.most != nil {
			name = k.sql
		}
		f.keys = append(f.keys, name)
	}
	if q.most != nil {
		f.find = q.beyond
	}
	return f
}

func wrapped(sql, condition string) string {
	return "SELECT FROM (\n        " + sql + "\n        ) AS q WHERE " + condition
}

// equal returns the condition that the last keys of a result are these. IS NOT
// DISTINCT FROM would say it for NULL too, but no index helps with that.
func (q *query) equal(names, values []string) string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = names[i] + " = " + value
		if k := q.keys[len(q.keys)-len(values)+i]; k.column == nil || k.column.null {
			list[i] = "(" + list[i] + " OR (" + names[i] + " IS NULL AND " + value + " IS NULL))"
		}
	}
	return strings.Join(list, " AND ")
}

// reached returns the check of all groups that the rows of a table for which a
// condition holds are in: first their keys, then each by itself.
func (q *query) reached(at int, condition string) string {
	values := make([]string, len(q.keys))
	for i := range q.keys {
		values[i] = "r." + keyName(i)
	}
	return "SELECT FROM (\n        SELECT DISTINCT " + strings.Join(q.keyColumns(), ", ") +
		"\n        FROM " + tables(q.joins, 0, q.ancestors(at)) + "\n        WHERE " + condition +
		"\n        ) AS r WHERE EXISTS (\n        " + q.fenced(values) + ")"
}

// ancestors returns the tables on the way to one, itself included, from the model
// on, which is left out, joined as their rows lead there.
func (q *query) ancestors(at int) []join {
	if at == 0 {
		return nil
	}
	j := q.joins[at]
	j.step = j.lead
	return append(q.ancestors(j.lead.parent), j)
}
