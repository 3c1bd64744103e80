package triggers

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// Tables of a constraint of level deferred_bulk. The first statement of a
// transaction leaves a row in mark, with the keys of the results to check and a
// deferred trigger that checks them; keys has those of the statements behind it.
// Nobody but the transaction sees its rows, and it takes them away, so they need
// not outlive a crash.
func (c *constraint) markTable() string  { return address.Qualify(c.table.Schema, c.prefix+"mark") }
func (c *constraint) notedTable() string { return address.Qualify(c.table.Schema, c.prefix+"keys") }

// note writes the lists down.
func (c *constraint) note() []string {
	values := "VALUES (pg_current_xact_id(), " + c.each("checked.%s") + ")"
	return []string{
		"    INSERT INTO " + c.markTable() + " " + values + " ON CONFLICT (xid) DO NOTHING;",
		"    IF NOT FOUND THEN",
		"        INSERT INTO " + c.notedTable() + " " + values + ";",
		"    END IF;",
	}
}

// bulk returns what creates and drops the tables, and the trigger that checks at
// the end of the transaction what was written down.
func (c *constraint) bulk() (create, drop []string) {
	if !slices.ContainsFunc(c.watched(), func(t trigger) bool { return t.set }) || c.Level != levelBulk {
		return nil, nil
	}
	check := function{name: address.Qualify(c.table.Schema, c.prefix+"mark"), path: c.path(), body: c.bulkBody()}
	drop = []string{check.drop(), "DROP TABLE " + c.markTable()} // to be reversed
	if c.whole() {
		create = []string{"CREATE UNLOGGED TABLE " + c.markTable() + " (xid xid8 PRIMARY KEY)"}
	} else {
		create = []string{
			"CREATE UNLOGGED TABLE " + c.markTable() + " (xid xid8 PRIMARY KEY" + c.listColumns() + ")",
			"CREATE UNLOGGED TABLE " + c.notedTable() + " (xid xid8 NOT NULL" + c.listColumns() + ")",
			"CREATE INDEX ON " + c.notedTable() + " (xid)",
		}
		drop = append(drop, "DROP TABLE "+c.notedTable())
	}
	create = append(create, check.create()...)
	create = append(create, fmt.Sprintf("CREATE CONSTRAINT TRIGGER %s AFTER INSERT ON %s %s\n    FOR EACH ROW EXECUTE FUNCTION %s()",
		address.Quote(c.prefix+"mark"), c.markTable(), c.when.sql(), check.name))
	return create, drop
}

func (c *constraint) listColumns() string {
	text := ""
	for i, k := range c.keys {
		text += ", " + keyName(i) + " " + k.column.typ.sql + "[]"
	}
	return text
}

func (c *constraint) bulkBody() string {
	last := "    DELETE FROM " + c.markTable() + " WHERE xid = NEW.xid;"
	if c.whole() {
		return c.block(nil, append(c.checkAll(), last))
	}
	lines := make([]string, len(c.keys))
	for i := range c.keys {
		lines[i] = "    checked." + keyName(i) + " := NEW." + keyName(i) + ";"
	}
	lines = append(lines, "    IF EXISTS (SELECT FROM "+c.notedTable()+" WHERE xid = NEW.xid) THEN")
	lines = append(lines, c.gather(c.ofRow(setRow), c.all())...)
	lines = append(lines, "        DELETE FROM "+c.notedTable()+" WHERE xid = NEW.xid;", "    END IF;")
	return c.block(c.lists(), append(append(lines, c.checkLists()...), last))
}

// all returns the keys of all statements of the transaction as an item of FROM.
func (c *constraint) all() string {
	return "(SELECT " + c.each("NEW.%s") + " UNION ALL SELECT " + c.each("%s") + " FROM " + c.notedTable() + " WHERE xid = NEW.xid) AS s(" +
		c.each("%s") + "),\n        unnest(" + c.each("s.%s") + ") AS n(" + c.each("%s") + ")"
}

// tableNames are the keys of the names of tables that belong to the constraint.
func (c *constraint) tableNames() []string {
	var names []string
	for _, suffix := range []string{"keys", "lock", "mark"} {
		names = append(names, operation.Name("relation", c.table.Schema, c.prefix+suffix))
	}
	return names
}
