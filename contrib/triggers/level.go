package triggers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// The levels of a constraint: how many rows one check is for.
const (
	levelRow       = "row"
	levelStatement = "statement"
	levelBulk      = "deferred_bulk"
)

// setWise reports whether the rows of a statement are checked together by the
// trigger. It takes that they say by themselves which results to check, or that
// everything is checked anyway.
func (c *constraint) setWise(t trigger) bool {
	if c.Level == levelRow || t.event == "TRUNCATE" || t.comes || t.goes || c.locking() == lockNothing {
		return false
	}
	return c.whole() || c.locking() == lockKeys && c.keyed(t.at, newRow) != nil && (c.former != nil || !c.nests())
}

// nests reports whether a key is an array. A list of arrays would be an array of
// one dimension more, of which unnest makes one list of all their elements.
func (c *constraint) nests() bool {
	return slices.ContainsFunc(c.keys, func(k key) bool { return k.column != nil && k.column.typ.array })
}

// together returns a trigger as one that checks the rows of a statement.
func together(t trigger) trigger {
	t.function = t.suffix // each has the rows of its own event
	t.set = true
	return t
}

// transition returns what gives the rows of a statement their names.
func (t trigger) transition() string {
	switch t.event {
	case "INSERT":
		return "REFERENCING NEW TABLE AS new_rows"
	case "DELETE":
		return "REFERENCING OLD TABLE AS old_rows"
	}
	return "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
}

// setRow stands for a row of a statement, or one that was written down.
const setRow row = "n"

// source returns the rows of a statement that matter, as an item of FROM. Of an
// update they are those that are not there as often with the same values in what
// the query reads.
func (c *constraint) source(t trigger) string {
	here, there := "new_rows", "old_rows"
	if t.left {
		here, there = there, here
	}
	used := slices.Clone(c.joins[t.at].used)
	if t.at > 0 {
		used.add(c.joins[t.at].lead.own)
	}
	inexact := slices.ContainsFunc(used, func(c column) bool { return !c.typ.exact() || c.collate != "" })
	if t.event != "UPDATE" || c.syntax.raw || inexact || len(used) == 0 {
		return here + " AS n"
	}
	names := make([]string, len(used))
	for i, u := range used {
		names[i] = address.Quote(u.name)
	}
	list := strings.Join(names, ", ")
	return fmt.Sprintf("(SELECT %s FROM %s EXCEPT ALL SELECT %s FROM %s) AS n", list, here, list, there)
}

// setBody is the body of a function that checks the rows of a statement, or of
// deferred_bulk writes down which results they are part of.
func (c *constraint) setBody(t trigger) string {
	source := c.source(t)
	if c.whole() {
		none := []string{"    IF NOT EXISTS (SELECT FROM " + source + ") THEN", "        RETURN NULL;", "    END IF;"}
		if c.Level == levelBulk {
			return c.block(nil, append(none, "    INSERT INTO "+c.markTable()+" VALUES (pg_current_xact_id()) ON CONFLICT (xid) DO NOTHING;"))
		}
		return c.block(nil, append(none, c.checkAll()...))
	}
	lines := append(c.gather(c.keyed(t.at, setRow), source), "    IF checked.k0 IS NULL THEN", "        RETURN NULL;", "    END IF;")
	if c.Level == levelBulk {
		return c.block(c.lists(), append(lines, c.note()...))
	}
	return c.block(c.lists(), append(lines, c.checkLists()...))
}

// block returns the body of a function that checks, with variables declared.
func (c *constraint) block(variables, lines []string) string {
	return block(variables, append(c.guard(), lines...))
}

func block(variables, lines []string) string {
	head := []string{"#variable_conflict use_column"}
	if len(variables) > 0 {
		head = append(append(head, "<<checked>>", "DECLARE"), variables...)
	}
	lines = slices.Concat(head, []string{"BEGIN"}, lines)
	return strings.Join(append(lines, "    RETURN NULL;", "END"), "\n")
}

// lists declares a list for each key. Together they hold the keys of all results
// to check, each once.
func (c *constraint) lists() []string {
	lines := make([]string, len(c.keys))
	for i, k := range c.keys {
		lines[i] = "    " + keyName(i) + " " + k.column.typ.sql + "[];"
	}
	return lines
}

// gather fills the lists with the keys of a source of rows, with NULL if it has
// none.
func (c *constraint) gather(keys []string, source string) []string {
	selected := make([]string, len(keys))
	for i, k := range keys {
		selected[i] = k + " AS " + keyName(i)
	}
	return []string{
		"    SELECT " + c.each("array_agg(d.%s)") + " INTO " + c.each("checked.%s"),
		"        FROM (SELECT DISTINCT " + strings.Join(selected, ", ") + " FROM " + source + ") AS d;",
	}
}

// each returns a format with the name of each key, between commas.
func (c *constraint) each(format string) string {
	list := make([]string, len(c.keys))
	for i := range c.keys {
		list[i] = fmt.Sprintf(format, keyName(i))
	}
	return strings.Join(list, ", ")
}

// listed returns the keys in the lists as an item of FROM.
func (c *constraint) listed() string {
	return "unnest(" + c.each("checked.%s") + ") AS n(" + c.each("%s") + ")"
}

// ofRow returns the keys of a row of the lists. In a list they have lost their
// collation.
func (c *constraint) ofRow(r row) []string {
	list := make([]string, len(c.keys))
	for i, k := range c.keys {
		list[i] = string(r) + "." + keyName(i)
		if k.column.collate != "" {
			list[i] = "(" + list[i] + " COLLATE " + address.Quote(k.column.collate) + ")"
		}
	}
	return list
}

// checkLists locks and checks the results in the lists. One key that is not NULL
// is looked up in an index by the list.
func (c *constraint) checkLists() []string {
	var lines []string
	if c.Isolation != serializable {
		lines = c.locks(c.lockbox().keys(c.ofRow(setRow), c.listed()))
	}
	if len(c.keys) == 1 && !c.keys[0].column.null {
		return append(lines, c.refusal(wrapped(c.sql(), "q.k0 = ANY (checked.k0)"), c.Hint)...)
	}
	return append(lines, c.refusal("SELECT FROM "+c.listed()+" WHERE EXISTS (\n        "+c.fenced(c.ofRow(setRow))+")", c.Hint)...)
}

func (c *constraint) checkAll() []string {
	return append(c.locks(c.lockbox().everything("")), c.refusal(c.sql(), c.Hint)...)
}

func (c *constraint) locks(statements []string) []string {
	if c.Isolation == serializable {
		return nil
	}
	lines := make([]string, len(statements))
	for i, s := range statements {
		lines[i] = "    " + s
	}
	return lines
}
