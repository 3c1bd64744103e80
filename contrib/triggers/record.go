package triggers

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// body returns the function of all triggers of an audit. Names of the function
// stand with its block's name in front, as columns can be named the same.
//
// An update pairs old and new rows by the primary key. Where keys changed that
// would pair different rows, so then they are paired by their order, which is
// the same in both tables. The setting stays until the end of the transaction:
// pairing by order is right for every update.
func (a *audit) body() string {
	return `<<audit>>
DECLARE
    setting text := nullif(current_setting(` + address.Literal(a.Context) + `, true), '');
    context jsonb;
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        PERFORM set_config('whimbrel.audit_keys_changed', 'on', true);
        RETURN NULL;
    END IF;
    IF setting IS NOT NULL THEN
        BEGIN
            context := setting::jsonb;
        EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
            context := to_jsonb(setting);
        END;
    END IF;
` + a.actor() + `    IF TG_OP = 'INSERT' THEN
` + a.insert("INSERT", "row_id, new", rowID(a.key, "n")+", "+values(a.recorded, "n")) + `
        FROM new_rows AS n;
    ELSIF TG_OP = 'DELETE' THEN
` + a.insert("DELETE", "row_id, old", rowID(a.key, "o")+", "+values(a.recorded, "o")) + `
        FROM old_rows AS o;
    ELSIF TG_OP = 'TRUNCATE' THEN
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
            ELSE jsonb_build_object('context', audit.context) END || jsonb_build_object('actor', ` + setting + `);
    END IF;
`
}

func (a *audit) truncated() string {
	switch a.Truncate {
	case truncateRows: // before they are gone
		return a.insert("TRUNCATE", "row_id, old", rowID(a.key, "o")+", "+values(a.recorded, "o")) + "\n        FROM " + a.sql() + " AS o;"
	case truncateRefuse:
		return "        RAISE object_not_in_prerequisite_state USING MESSAGE = " +
			address.Literal("table \""+a.Table+"\" cannot be truncated, its rows are audited") +
			",\n            HINT = 'DELETE its rows, or set truncate of its audit_trigger to rows.', TABLE = " +
			address.Literal(a.Table) + ", SCHEMA = " + address.Literal(a.Schema) + ";"
	}
	return a.insert("TRUNCATE", "", "") + ";"
}

// snapshot returns the statement that records the rows that are there.
func (a *audit) snapshot() string {
	return "INSERT INTO audit.log (operation, model, table_name, row_id, new) SELECT 'SNAPSHOT', " +
		address.Literal(a.model) + ", " + address.Literal(a.Table) + ", " + rowID(a.key, "n") + ", " +
		values(a.recorded, "n") + "\nFROM " + a.sql() + " AS n"
}

func (a *audit) update() string {
	r := a.rowAlias()
	byOrder := a.changes("FROM (SELECT row_number() OVER (), "+r+" FROM old_rows AS "+r+") AS o(place, r)\n"+
		"        JOIN (SELECT row_number() OVER (), "+r+" FROM new_rows AS "+r+") AS n(place, r) ON n.place = o.place", "(o.r)", "(n.r)")
	if len(a.key) == 0 {
		return "    ELSE\n" + byOrder
	}
	conditions := make([]string, len(a.key))
	for i, c := range a.key {
		conditions[i] = c.same("n", "o")
	}
	byKey := a.changes("FROM old_rows AS o JOIN new_rows AS n ON "+strings.Join(conditions, " AND "), "o", "n")
	return "    ELSIF current_setting('whimbrel.audit_keys_changed', true) = 'on' THEN\n" + byOrder +
		"\n    ELSE\n" + byKey
}

// rowAlias returns a name that stands for a whole row, as no column has it.
func (a *audit) rowAlias() string {
	alias := "r"
	for slices.ContainsFunc(a.columns, func(c column) bool { return c.name == alias }) {
		alias += "r"
	}
	return alias
}

// changes returns the INSERT for the pairs of rows that differ. OFFSET 0 keeps
// PostgreSQL from working out the difference twice.
func (a *audit) changes(from, o, n string) string {
	return a.insert("UPDATE", "row_id, old, new", "p.row_id, p.old::jsonb, p.new::jsonb") + `
        FROM (SELECT ` + rowID(a.key, n) + ` AS row_id,
            ` + a.difference(o, n, o) + ` AS old,
            ` + a.updated(o, n) + ` AS new
        ` + from + ` OFFSET 0) AS p
        WHERE p.old <> '{}';`
}

// updated returns what an update records as the new row.
func (a *audit) updated(o, n string) string {
	if a.New == newChanged {
		return a.difference(o, n, n)
	}
	return values(a.recorded, n)
}

// difference returns the values that a row has in the columns that differ, as
// the text of an object: it is put together faster than objects are.
func (a *audit) difference(o, n, row string) string {
	if len(a.recorded) == 0 {
		return "'{}'"
	}
	var parts, args []string
	for i, c := range a.recorded {
		args = append(args, "CASE WHEN "+c.differs(o, n)+" THEN "+address.Literal(","+jsonText(c.name)+":")+
			" || coalesce(to_json("+c.shown(row)+")::text, 'null') END")
		if len(args) == maxArguments || i == len(a.recorded)-1 {
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
	text := "        INSERT INTO audit.log (operation, model, table_name, context"
	row := ") SELECT '" + operation + "', " + address.Literal(a.model) + ", " + address.Literal(a.Table) + ", audit.context"
	if columns == "" {
		return text + row
	}
	return text + ", " + columns + row + ", " + selected
}

// maxArguments is what a function of PostgreSQL takes.
const maxArguments = 100

// values returns an object of the columns of a row.
func values(list columns, row string) string {
	if len(list) == 0 {
		return "'{}'::jsonb"
	}
	var parts, args []string
	for i, c := range list {
		args = append(args, address.Literal(c.name), c.shown(row))
		if len(args) == maxArguments || i == len(list)-1 {
			parts = append(parts, "jsonb_build_object("+strings.Join(args, ", ")+")")
			args = nil
		}
	}
	return strings.Join(parts, " || ")
}

// rowID returns the primary key of a row.
func rowID(key columns, row string) string {
	if len(key) == 0 {
		return "NULL::jsonb"
	}
	return values(key, row)
}
