package triggers

import (
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
    setting text := nullif(current_setting('whimbrel.audit_context', true), '');
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
    IF TG_OP = 'INSERT' THEN
` + a.insert("INSERT", "row_id, new", rowID(a.key, "n")+", "+values(a.recorded, "n")) + `
        FROM new_rows AS n;
    ELSIF TG_OP = 'DELETE' THEN
` + a.insert("DELETE", "row_id, old", rowID(a.key, "o")+", "+values(a.recorded, "o")) + `
        FROM old_rows AS o;
    ELSIF TG_OP = 'TRUNCATE' THEN
` + a.insert("TRUNCATE", "", "") + `;
` + a.update() + `
    END IF;
    RETURN NULL;
END`
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
	return a.insert("UPDATE", "row_id, old, new", "p.row_id, p.old, p.new") + `
        FROM (SELECT ` + rowID(a.key, n) + ` AS row_id, ` + values(a.recorded, n) + ` AS new,
            ` + a.difference(o, n) + ` AS old
        ` + from + ` OFFSET 0) AS p
        WHERE p.old <> '{}';`
}

// difference returns the old values of the columns that differ.
func (a *audit) difference(o, n string) string {
	if len(a.recorded) == 0 {
		return "'{}'::jsonb"
	}
	list := make([]string, len(a.recorded))
	for i, c := range a.recorded {
		list[i] = "CASE WHEN " + c.differs(o, n) + " THEN " + values([]column{c}, o) + " ELSE '{}' END"
	}
	return strings.Join(list, "\n            || ")
}

func (a *audit) insert(operation, columns, selected string) string {
	text := "        INSERT INTO audit.log (operation, model, table_name, context"
	row := ") SELECT '" + operation + "', " + address.Literal(a.address.Path()) + ", " + address.Literal(a.Table) + ", audit.context"
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
		args = append(args, address.Literal(c.name), c.of(row))
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
