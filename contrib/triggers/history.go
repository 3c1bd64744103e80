package triggers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
)

// historyTable returns the name of the history table of a table.
func historyTable(attrs auditAttrs, t *table) string {
	if attrs.History != "" {
		return attrs.History
	}
	return model.Name(t.Table, "history")
}

func (a *audit) historySQL() string { return record.History(a.history) }

// inHistory returns the name of the column in the history table.
func (c column) inHistory() string { return c.history }

// nameInHistory names the columns of a table in its history table. Its own columns
// are called what they are called in every history table, so others that are called
// so get a name that no other column has.
func (a *audit) nameInHistory() {
	own := record.HistoryColumns()
	if a.former {
		own = record.FormerHistoryColumns()
	}
	names := map[string]string{}
	taken := func(name string) bool {
		return slices.Contains(own, name) || !a.former && slices.ContainsFunc(a.columns, func(c column) bool { return c.name == name })
	}
	for _, c := range a.columns {
		names[c.name] = c.name
		if slices.Contains(own, c.name) {
			names[c.name] += "_"
			for taken(names[c.name]) {
				names[c.name] += "_"
			}
		}
	}
	for _, list := range [][]column{a.columns, a.key} {
		for i := range list {
			list[i].history, list[i].former = names[list[i].name], a.former
		}
	}
}

// typeInHistory returns the type in the history table: without length, so that
// most changes of a type do not concern it, and text for what belongs to the
// project or to an extension, which must not be held by what outlives them.
func (c column) typeInHistory() string {
	typ, brackets, _ := strings.Cut(c.typ.sql, "[")
	base := c.typ.base
	switch {
	case c.masked, !c.typ.builtin(), base == "enum", baseName(typ) != base:
		return "text"
	case base == "char":
		base = "bpchar"
	case base == "bit":
		base = "varbit"
	}
	if brackets != "" {
		return base + "[]"
	}
	return base
}

// kept returns the value of a row as it stands in the history table.
func (c column) kept(row string) string {
	switch {
	case c.masked:
		return c.shown(row)
	case c.typeInHistory() != "text" || c.typ.base == "text" && c.typ.sql == "text":
		return c.of(row)
	}
	return c.of(row) + "::text"
}

// addHistory adds the history table, or what it lacks if it is there.
func (a *audit) addHistory(b *built) {
	if a.history == "" {
		return
	}
	b.names = append(b.names, operation.Name("relation", record.Schema, a.history))
	table := address.Literal(a.history)
	b.create = append(b.create, "SELECT audit.make_history("+table+")")
	for _, c := range a.recorded {
		b.create = append(b.create, fmt.Sprintf("SELECT audit.make_history_column(%s, %s, %s)",
			table, address.Literal(c.inHistory()), address.Literal(c.typeInHistory())))
	}
	b.create = append(b.create, fmt.Sprintf("SELECT audit.index_history(%s, ARRAY[%s]::text[])", table, strings.Join(a.historyKey(), ", ")))
	b.undo = append(b.undo, "SELECT audit.drop_empty_history("+table+")")
}

// historyKey returns the names of the primary key's columns as literals, nothing
// if not all of them are recorded.
func (a *audit) historyKey() []string {
	var names []string
	for _, c := range a.key {
		if !a.records(c) {
			return nil
		}
		names = append(names, address.Literal(c.inHistory()))
	}
	return names
}

// keep returns the INSERT of rows into the history table, without its end. Where
// former rows are given, their primary key is noted if it was another.
func (a *audit) keep(operation, row, former, from string) string {
	names, values := []string{record.Operation, record.Context}, []string{"'" + operation + "'", "audit.context"}
	if a.placed(operation) {
		names, values = append(names, record.At, record.Place), append(values, recordTime, "audit.place")
	}
	if former != "" {
		names, values = append(names, record.OldRow), append(values, a.formerKey(former, row))
	}
	for _, c := range a.recorded {
		names, values = append(names, address.Quote(c.inHistory())), append(values, c.kept(row))
	}
	return "        INSERT INTO " + a.historySQL() + " (" + strings.Join(names, ", ") + ")\n        SELECT " +
		strings.Join(values, ", ") + "\n        " + from
}

// formerKey returns the primary key that a row had, if it has another now.
func (a *audit) formerKey(o, n string) string {
	if len(a.key) == 0 {
		return "NULL::jsonb"
	}
	differs := make([]string, len(a.key))
	for i, c := range a.key {
		differs[i] = c.differs(o, n)
	}
	return "CASE WHEN " + strings.Join(differs, " OR ") + " THEN " + rowID(a.key, o) + " END"
}

// keepChanges returns the INSERT of the new rows that differ from their old ones.
func (a *audit) keepChanges(from, o, n string, list columns, former string) string {
	// The first difference counts, so what is compared slowly comes last.
	var differs, slow []string
	for _, c := range list {
		if c.typ.base == "jsonb" || !c.typ.exact() {
			slow = append(slow, c.differs(o, n))
			continue
		}
		differs = append(differs, c.differs(o, n))
	}
	differs = append(differs, slow...)
	return a.keep(record.Update, n, former, from) + "\n        WHERE " + strings.Join(differs, " OR ") + ";"
}

// follow adds to a drop and a create of an audit what brings its history table
// along, if columns or the table are named otherwise now. On the way the table
// has a name of its own, as two tables can exchange theirs.
func follow(before, after *built) {
	was, is := before.audit, after.audit
	if was == nil || is == nil || was.history == "" || is.history == "" {
		return
	}
	before.undo, after.undo = nil, nil
	var up, down []string
	if was.history != is.history {
		moving := is.name + "_move"
		before.drop = append(before.drop, renameHistory(was.history, moving))
		before.create = append([]string{renameHistory(moving, was.history)}, before.create...)
		up, down = append(up, renameHistory(moving, is.history)), append(down, renameHistory(is.history, moving))
	}
	if from, to := renamedColumns(was, is); len(from) > 0 {
		up = append(up, renameHistoryColumns(is.history, from, to))
		down = append([]string{renameHistoryColumns(is.history, to, from)}, down...)
	}
	after.create, after.undo = append(up, after.create...), append(dropNewColumns(was, is), down...)
}

// dropNewColumns returns what takes back the columns that are new in a history
// table, unless they have values by then.
func dropNewColumns(was, is *audit) []string {
	var drops []string
	for _, c := range is.recorded {
		if !slices.ContainsFunc(was.recorded, func(old column) bool { return old.address == c.address }) {
			drops = append(drops, fmt.Sprintf("SELECT audit.drop_empty_history_column(%s, %s)",
				address.Literal(is.history), address.Literal(c.inHistory())))
		}
	}
	return drops
}

func renameHistory(from, to string) string {
	return "SELECT audit.rename_history(" + address.Literal(from) + ", " + address.Literal(to) + ")"
}

func renameHistoryColumns(table string, from, to []string) string {
	return "SELECT audit.rename_history_columns(" + address.Literal(table) + ", ARRAY[" + strings.Join(from, ", ") + "], ARRAY[" + strings.Join(to, ", ") + "])"
}

// renamedColumns returns the names, as literals, of columns that have another
// one than before.
func renamedColumns(was, is *audit) (from, to []string) {
	for _, c := range is.recorded {
		for _, old := range was.recorded {
			if old.address == c.address && old.inHistory() != c.inHistory() {
				from, to = append(from, address.Literal(old.inHistory())), append(to, address.Literal(c.inHistory()))
			}
		}
	}
	return from, to
}
