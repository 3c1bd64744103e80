package triggers_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// writes makes random statements for the tables of a world. The domains are so
// small that rows meet all the time.
type writes struct {
	*rand.Rand
	world world
	ids   int // keys are from 1 to this
}

func (w writes) pick(list ...string) string { return list[w.IntN(len(list))] }

func (w writes) id() string { return fmt.Sprint(1 + w.IntN(w.ids)) }

func (w writes) table() writable { return w.world.tables[w.IntN(len(w.world.tables))] }

// value returns a column of a table, and a value for it.
func (w writes) value(column string) (name, value string) {
	words := strings.Fields(column)
	value = w.pick(words[1:]...)
	if value[0] >= 'a' && value[0] <= 'z' && value != "true" && value != "false" {
		value = "'" + value + "'"
	}
	return words[0], value
}

// row returns the names of all columns but the id, and values.
func (w writes) row(t writable) (names, values []string) {
	for _, c := range t.columns {
		name, value := w.value(c)
		names, values = append(names, name), append(values, value)
	}
	return names, values
}

func (w writes) assignment(t writable) string {
	name, value := w.value(t.columns[w.IntN(len(t.columns))])
	return name + " = " + value
}

// where returns a condition that one row, some or all fulfil.
func (w writes) where(t writable) string {
	name, value := w.value(t.columns[w.IntN(len(t.columns))])
	one := "id = " + w.id()
	same := fmt.Sprintf("(%s)::text IS NOT DISTINCT FROM (%s)::text", name, value) // also of types that have no =
	return w.pick(one, one, one, "id IN ("+w.id()+", "+w.id()+")", same, same, "true")
}

func (w writes) insert(t writable) string {
	names, values := w.row(t)
	into := fmt.Sprintf("INSERT INTO %s (id, %s)", t.name, strings.Join(names, ", "))
	_, more := w.row(t)
	return w.pick(
		fmt.Sprintf("%s VALUES (%s, %s)", into, w.id(), strings.Join(values, ", ")),
		fmt.Sprintf("%s SELECT i, %s FROM generate_series(%s, %d) i WHERE i NOT IN (SELECT id FROM %s)", into, strings.Join(values, ", "), w.id(), w.ids, t.name),
		fmt.Sprintf("%s VALUES (%s, %s) ON CONFLICT ON CONSTRAINT %s_pkey DO UPDATE SET (id, %s) = ROW (excluded.id, excluded.%s)",
			into, w.id(), strings.Join(more, ", "), t.name, strings.Join(names, ", "), strings.Join(names, ", excluded.")),
	)
}

// rekey gives rows other keys, and other rows those of theirs.
func (w writes) rekey(t writable) string {
	names, values := w.row(t)
	return strings.NewReplacer("TABLE", t.name, "NAMES", strings.Join(names, ", "), "VALUES", strings.Join(values, ", "), "CONDITION", w.where(t), "ONE", w.id(), "OTHER", w.id()).
		Replace(w.pick(
			"UPDATE TABLE SET id = ONE WHERE id = OTHER",
			"UPDATE TABLE SET id = id - 1 WHERE id > 1 AND NOT EXISTS (SELECT FROM TABLE WHERE id < 2)",
			"WITH d AS (DELETE FROM TABLE AS x WHERE CONDITION RETURNING id) INSERT INTO TABLE (id, NAMES) SELECT id, VALUES FROM d",
			"DELETE FROM TABLE WHERE id = ONE",
		))
}

// statement returns any write, or what changes when constraints are checked.
func (w writes) statement() string {
	t := w.table()
	switch n := w.IntN(80); {
	case n < 30:
		return w.insert(t)
	case n < 58:
		return fmt.Sprintf("UPDATE %s SET %s WHERE %s", t.name, w.assignment(t), w.where(t))
	case n < 64:
		return fmt.Sprintf("DELETE FROM %s WHERE %s", t.name, w.where(t))
	case n < 74:
		return w.rekey(t)
	case n < 75:
		return "TRUNCATE " + t.name + " CASCADE"
	case n < 77:
		return checkNow
	case n < 79:
		return atOnce
	}
	return "SET CONSTRAINTS ALL DEFERRED"
}

const checkNow = "SET CONSTRAINTS ALL IMMEDIATE"

// transaction returns the statements of a transaction. Most are short: those that
// break nothing else tell what is amiss.
func (w writes) transaction() []string {
	list := make([]string, 1+w.IntN(2)*w.IntN(4))
	for i := range list {
		list[i] = w.statement()
	}
	return list
}

// beginning returns transactions that fill the tables, row by row, as far as the
// constraints let them.
func (w writes) beginning() [][]string {
	var list [][]string
	for _, t := range w.world.tables {
		for id := range w.ids {
			names, values := w.row(t)
			list = append(list, []string{fmt.Sprintf("INSERT INTO %s (id, %s) VALUES (%d, %s) ON CONFLICT DO NOTHING",
				t.name, strings.Join(names, ", "), 1+id, strings.Join(values, ", "))})
		}
	}
	return list
}
