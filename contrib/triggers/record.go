package triggers

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/address"
)

// body returns the function of all triggers of an audit. Names of the function
// stand with its block's name in front, as columns can be named the same.
func (a *audit) body() string {
	return `<<audit>>
DECLARE
    setting text := nullif(current_setting(` + address.Literal(a.Context) + `, true), '');
    context jsonb;
` + a.declareMark() + `BEGIN
` + a.noteKeys() + `    IF setting IS NOT NULL THEN
        BEGIN
            context := setting::jsonb;
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            context := to_jsonb(setting);
        END;
    END IF;
` + a.actor() + a.takeMark() + `    IF TG_OP = '` + record.Insert + `' THEN
` + a.whole(record.Insert, record.New, "n", a.newRows()) + `
    ELSIF TG_OP = '` + record.Delete + `' THEN
` + a.whole(record.Delete, record.Old, "o", a.oldRows()) + `
    ELSIF TG_OP = '` + record.Truncate + `' THEN
` + a.truncated() + `
` + a.update() + `
    END IF;
    RETURN NULL;
END`
}

// actor puts a second setting into the context.
func (a *audit) actor() string {
	if a.Actor == "" {
		return ""
	}
	setting := "nullif(current_setting(" + address.Literal(a.Actor) + ", true), '')"
	return `    IF ` + setting + ` IS NOT NULL THEN
        audit.context := CASE WHEN audit.context IS NULL THEN '{}' WHEN jsonb_typeof(audit.context) = 'object' THEN audit.context
            ELSE jsonb_build_object('` + record.Whole + `', audit.context) END || jsonb_build_object('` + record.Actor + `', ` + setting + `);
    END IF;
`
}

// newRows and oldRows return the rows of the statement, or the row.
func (a *audit) newRows() string {
	if a.byRow() {
		return "(SELECT NEW.*) AS n"
	}
	return "new_rows AS n"
}

func (a *audit) oldRows() string {
	if a.byRow() {
		return "(SELECT OLD.*) AS o"
	}
	return "old_rows AS o"
}

// whole returns the INSERT that records rows with all their values, in the named
// column of the log.
func (a *audit) whole(operation, column, row, rows string) string {
	if a.history != "" {
		return a.keep(operation, row, "", "FROM "+rows) + ";"
	}
	return a.insert(operation, record.Row+", "+column, rowID(a.key, row)+", "+a.object()) +
		"\n        FROM " + rows + a.values(row) + ";"
}

func (a *audit) truncated() string {
	switch a.Truncate {
	case truncateRows: // before they are gone
		return a.unseen() + a.whole(record.Truncate, record.Old, "o", a.sql()+" AS o")
	case truncateRefuse:
		return a.refuseTruncate("its rows are audited", "DELETE its rows, or set truncate of its audit_trigger to rows.")
	}
	if a.history != "" {
		return "        INSERT INTO " + a.historySQL() + " (" + record.Operation + ", " + record.Context + ") VALUES ('" + record.Truncate + "', audit.context);"
	}
	return a.insert(record.Truncate, "", "") + ";"
}

// unseen refuses a TRUNCATE that takes rows away that its transaction does not see. Others
// have committed them since it took its snapshot, and they could not be recorded.
func (a *audit) unseen() string {
	if a.former {
		return ""
	}
	return "        IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN\n    " +
		a.refuseTruncate("its rows are audited, and a snapshot may not show all of them", "TRUNCATE it at isolation level READ COMMITTED, or DELETE its rows.") +
		"\n        END IF;\n"
}

func (a *audit) refuseTruncate(why, hint string) string {
	return "        RAISE object_not_in_prerequisite_state USING MESSAGE = " +
		address.Literal("table \""+a.Table+"\" cannot be truncated, "+why) + ",\n            HINT = " + address.Literal(hint) +
		", TABLE = " + address.Literal(a.Table) + ", SCHEMA = " + address.Literal(a.Schema) + ";"
}

// snapshot returns the statement that records the rows that are there.
func (a *audit) snapshot() string {
	text := a.whole(record.Snapshot, record.New, "n", a.sql()+" AS n")
	return strings.TrimSpace(strings.Replace(strings.TrimSuffix(text, ";"), "audit.context", "NULL::jsonb", 1))
}

// update records pairs of old and new rows. They are paired by their order, which is
// the same in both tables: keys can change, and one statement can change a row twice,
// where foreign keys do or parts of it. Plans are kept: one that was made for the
// update of a row must not compare each row with each in that of a thousand. A full
// join is never done that way, and each row has its other here.
func (a *audit) update() string {
	switch {
	case a.byRow():
		return "    ELSE\n" + a.changes("FROM (SELECT OLD.*) AS o CROSS JOIN (SELECT NEW.*) AS n", "o", "n", a.recorded, "o")
	case a.former:
		return a.formerUpdate()
	}
	place := a.alias("place")
	numbered := func(table string) string {
		return "(SELECT row_number() OVER () AS " + place + ", r.* FROM " + table + " AS r)"
	}
	return "    ELSE\n" + a.changes("FROM "+numbered("old_rows")+" AS o\n        FULL JOIN "+numbered("new_rows")+
		" AS n ON n."+place+" = o."+place, "o", "n", a.recorded, "o")
}

// alias returns a name that stands for a whole row, as no column has it.
func (t *table) alias(name string) string {
	for slices.ContainsFunc(t.columns, func(c column) bool { return c.name == name }) {
		name += "_"
	}
	return name
}

// changes returns the INSERT for the pairs of rows that differ in one of the
// columns; former is the old one where its primary key can be another. OFFSET 0 keeps PostgreSQL from working out the difference twice.
func (a *audit) changes(from, o, n string, list columns, former string) string {
	if len(list) == 0 {
		return "        NULL;"
	}
	if a.history != "" {
		return a.keepChanges(from, o, n, list, former)
	}
	updated, more := difference(list, o, n, n), ""
	if a.New == newFull {
		updated, more = a.object(), a.values(n)
	}
	return a.insert(record.Update, record.Row+", "+record.Old+", "+record.New, "p.row_id, p.old::jsonb, p.new::jsonb") + `
        FROM (SELECT ` + rowID(a.key, n) + ` AS row_id,
            ` + difference(list, o, n, o) + ` AS old,
            ` + updated + ` AS new
        ` + from + more + ` OFFSET 0) AS p
        WHERE p.old <> '{}';`
}

// difference returns the values that a row has in the columns that differ, as
// the text of an object: it is put together faster than objects are.
func difference(list columns, o, n, row string) string {
	var parts, args []string
	for i, c := range list {
		args = append(args, "CASE WHEN "+c.differs(o, n)+" THEN "+address.Literal(","+jsonText(c.name)+":")+
			" || coalesce("+c.json(row)+", 'null') END")
		if len(args) == maxArguments || i == len(list)-1 {
			parts = append(parts, "concat("+strings.Join(args, ",\n                ")+")")
			args = nil
		}
	}
	return "'{' || substr(" + strings.Join(parts, " || ") + ", 2) || '}'"
}

// jsonText returns text as a JSON string.
func jsonText(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always has a form
	return strings.TrimSpace(b.String())
}

func (a *audit) insert(operation, columns, selected string) string {
	text := "        INSERT INTO " + record.Log + " (" + record.Operation + ", " + record.Model + ", " + record.Table + ", " + record.Context
	row := ") SELECT '" + operation + "', " + address.Literal(a.model) + ", " + address.Literal(a.Table) + ", audit.context"
	if a.placed(operation) {
		text, row = text+", "+record.At+", "+record.Place, row+", "+recordTime+", audit.place"
	}
	if columns == "" {
		return text + row
	}
	return text + ", " + columns + row + ", " + selected
}

// maxArguments is what a function of PostgreSQL takes.
const maxArguments = 100

// values returns the recorded values of a row as one more row, behind a comma,
// and object that one as an object: it is faster than naming each value.
func (a *audit) values(row string) string {
	if len(a.recorded) == 0 {
		return ""
	}
	shown := make([]string, len(a.recorded))
	for i, c := range a.recorded {
		shown[i] = c.shown(row)
		if !c.bare() || strings.HasPrefix(row, "(") {
			shown[i] += " AS " + address.Quote(c.name)
		}
	}
	return "\n        CROSS JOIN LATERAL (SELECT " + strings.Join(shown, ", ") + ") AS " + a.alias("whole")
}

func (a *audit) object() string {
	if len(a.recorded) == 0 {
		return "'{}'::jsonb"
	}
	return "to_jsonb(" + a.alias("whole") + ")"
}

// rowID returns the primary key of a row as an object.
func rowID(key columns, row string) string {
	switch {
	case len(key) == 0:
		return "NULL::jsonb"
	case !slices.ContainsFunc(key, func(c column) bool { return !c.plain() }):
		return plainID(key, row)
	}
	args := make([]string, len(key))
	for i, c := range key {
		args[i] = address.Literal(c.name) + ", " + c.shown(row)
	}
	return "jsonb_build_object(" + strings.Join(args, ", ") + ")"
}

// plainID puts a key together as text, which is faster.
func plainID(key columns, row string) string {
	text, separator := "", "{"
	for _, c := range key {
		text += address.Literal(separator+jsonText(c.name)+":") + " || " + c.of(row) + " || "
		separator = ","
	}
	return "(" + text + "'}')::jsonb"
}
