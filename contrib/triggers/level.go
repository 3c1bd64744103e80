package triggers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
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
	if c.Level == levelRow || t.event == "TRUNCATE" || c.locking() == lockNothing {
		return false
	}
	return c.whole() || c.locking() == lockKeys && c.keyed(t.at, newRow) != nil
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
		used.add(c.joins[t.at].own)
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
	var keys []string
	if !c.whole() {
		keys = c.keyed(t.at, setRow)
	}
	lines := []string{"    IF NOT EXISTS (SELECT FROM " + source + ") THEN", "        RETURN NULL;", "    END IF;"}
	if c.Level == levelBulk {
		return c.block(nil, append(lines, c.note(source, keys)...))
	}
	return c.block(keys, append(lines, c.checkSet(source, keys)...))
}

// block returns a function's body with what holds keys declared.
func (c *constraint) block(keys, lines []string) string {
	head := []string{"#variable_conflict use_column"}
	if c.probes(keys) {
		head = append(head, "<<checked>>", "DECLARE", "    keys "+c.keys[0].column.typ.sql+"[];")
	}
	lines = slices.Concat(head, []string{"BEGIN"}, c.guard(), lines)
	return strings.Join(append(lines, "    RETURN NULL;", "END"), "\n")
}

// probes reports whether results are looked up by a list of their only key.
func (c *constraint) probes(keys []string) bool {
	return len(keys) == 1 && c.keys[0].column != nil && !c.keys[0].column.null
}

// checkSet locks and checks the results with the keys of all rows of a source.
func (c *constraint) checkSet(source string, keys []string) []string {
	if c.whole() {
		return append(c.locks(c.lockbox().everything("")), c.refusal(c.sql(), c.Hint)...)
	}
	var lines []string
	if c.Isolation != serializable {
		lines = c.locks(c.lockbox().keys(keys, source))
	}
	if c.probes(keys) {
		lines = append(lines, "    checked.keys := ARRAY(SELECT DISTINCT "+keys[0]+" FROM "+source+");")
		return append(lines, c.refusal(wrapped(c.sql(), "q.k0 = ANY (checked.keys)"), c.Hint)...)
	}
	return append(lines, c.refusal(c.eachOf(source, keys), c.Hint)...)
}

// eachOf returns the check of one result after the other.
func (c *constraint) eachOf(source string, keys []string) string {
	selected, values := make([]string, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		selected[i] = k + " AS " + keyName(i)
		values[i] = "r." + keyName(i)
	}
	return "SELECT FROM (SELECT DISTINCT " + strings.Join(selected, ", ") + " FROM " + source +
		") AS r WHERE EXISTS (\n        " + c.checkKeys(values) + " OFFSET 0)"
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

// Tables of a constraint of level deferred_bulk: the keys that a transaction has
// to check at its end, and the mark that it has to. Nobody but it sees its rows,
// and it takes them away, so they need not outlive a crash.
func (c *constraint) notedTable() string { return address.Qualify(c.table.Schema, c.prefix+"keys") }
func (c *constraint) markTable() string  { return address.Qualify(c.table.Schema, c.prefix+"mark") }

func (c *constraint) noted() string {
	return "(SELECT * FROM " + c.notedTable() + " WHERE xid = pg_current_xact_id()) AS n"
}

func (c *constraint) note(source string, keys []string) []string {
	var lines []string
	if keys != nil {
		lines = append(lines, "    INSERT INTO "+c.notedTable()+" SELECT DISTINCT pg_current_xact_id(), "+
			strings.Join(keys, ", ")+" FROM "+source+";")
	}
	return append(lines, "    INSERT INTO "+c.markTable()+" VALUES (pg_current_xact_id()) ON CONFLICT (xid) DO NOTHING;")
}

// bulk returns what creates and drops the tables, and the trigger that checks at
// the end of the transaction what was written down.
func (c *constraint) bulk() (create, drop []string) {
	if !slices.ContainsFunc(c.watched(), func(t trigger) bool { return t.set }) || c.Level != levelBulk {
		return nil, nil
	}
	check := function{name: address.Qualify(c.table.Schema, c.prefix+"mark"), path: c.syntax.searchPath(c.table.Schema), body: c.bulkBody()}
	create = []string{"CREATE UNLOGGED TABLE " + c.markTable() + " (xid xid8 PRIMARY KEY)"}
	drop = []string{check.drop(), "DROP TABLE " + c.markTable()} // to be reversed
	if !c.whole() {
		create = append(create, c.createNoted(), "CREATE INDEX ON "+c.notedTable()+" (xid)")
		drop = append(drop, "DROP TABLE "+c.notedTable())
	}
	create = append(create, check.create()...)
	create = append(create, fmt.Sprintf("CREATE CONSTRAINT TRIGGER %s AFTER INSERT ON %s %s\n    FOR EACH ROW EXECUTE FUNCTION %s()",
		address.Quote(c.prefix+"mark"), c.markTable(), c.timing(), check.name))
	return create, drop
}

func (c *constraint) createNoted() string {
	columns := "xid xid8 NOT NULL"
	for i, k := range c.keys {
		columns += ", " + keyName(i) + " " + k.column.typ.sql
		if k.column.collate != "" {
			columns += " COLLATE " + address.Quote(k.column.collate)
		}
	}
	return "CREATE UNLOGGED TABLE " + c.notedTable() + " (" + columns + ")"
}

func (c *constraint) bulkBody() string {
	if c.whole() {
		return c.block(nil, append(c.checkSet("", nil), "    DELETE FROM "+c.markTable()+" WHERE xid = NEW.xid;"))
	}
	keys := make([]string, len(c.keys))
	for i := range keys {
		keys[i] = setRow.column(keyName(i))
	}
	return c.block(keys, append(c.checkSet(c.noted(), keys),
		"    DELETE FROM "+c.notedTable()+" WHERE xid = NEW.xid;",
		"    DELETE FROM "+c.markTable()+" WHERE xid = NEW.xid;"))
}

func (r row) column(name string) string { return string(r) + "." + name }

// tableNames are the keys of the names of tables that belong to the constraint.
func (c *constraint) tableNames() []string {
	var names []string
	for _, suffix := range []string{"keys", "lock", "mark"} {
		names = append(names, operation.Name("relation", c.table.Schema, c.prefix+suffix))
	}
	return names
}

// checkLevel returns the mistake to want a check at the end of a statement and of
// the transaction at once.
func (c *constraint) checkLevel() error {
	if c.Level != levelStatement || c.Deferrable == "" || c.Deferrable == "never" {
		return nil
	}
	return diag.Diagnostic{
		Code:    "WH6105",
		Summary: "a constraint trigger with level = statement cannot be deferrable = " + c.Deferrable,
		Detail:  "The rows of a statement are known at its end only, so that is when they are checked.",
		Next:    "take out deferrable, or write level = deferred_bulk",
	}
}
