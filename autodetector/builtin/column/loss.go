package column

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// Lost returns a condition on a column that holds for rows whose value does not
// survive a change to another type, or "" if all do: converted there and back it is
// not what it was. Values that cannot be converted at all make the change fail and
// are not lost.
func (t Type) Lost(column string, to Type) string {
	if t.domain && t.IsArray() {
		column = t.plain().Cast(column) // an array of a domain has no operators
	}
	t, to = t.plain(), to.plain()
	limits := to.name.Numbers()
	switch {
	case !t.Converts(to):
		return column + " IS NOT NULL"
	case t.name.Dimensions() != to.name.Dimensions():
		return lostDimensions(column, t, to)
	case !t.IsArray() && to.category() == pgtype.Integer && t.isExact():
		return lostInteger(column, t, to)
	case t.enum || to.enum || pgtype.Keeps(t.name.Element(), to.name.Element()):
		return ""
	case t.IsArray():
		return returned(column, t, to)
	case to.category() == pgtype.Text && len(limits) > 0 && (to.base() != "char" || t.category() != pgtype.Text):
		return lostText(column, t, limits[0])
	case to.base() == "numeric" && len(limits) == 2 && (t.isExact() || t.base() == "money"):
		return lostNumeric(t.amount(column), limits[0], limits[1])
	case to.base() == "boolean" && t.category().IsNumber():
		return column + " NOT IN (0, 1)"
	}
	return returned(column, t, to)
}

// returned: the value that comes back from the other type is another one. Where a
// type has no order it has no certain equality either; text has.
func returned(column string, t, to Type) string {
	if _, known := pgtype.Lookup(to.base()); !known || !to.Converts(t) {
		// A part of each value goes, or the type is of an extension, which may not be
		// there yet when the database is asked.
		return column + " IS NOT NULL"
	}
	back := enclosed(to.Converted(enclosed(t.Converted(column, to)), t))
	if _, ordered := pgtype.DefaultClass("btree", t.base()); ordered {
		return back + " IS DISTINCT FROM " + column
	}
	return back + "::text IS DISTINCT FROM " + column + "::text"
}

// lostDimensions: one value becomes an array of it, and of an array its first
// element is left. As text an array keeps whatever it has.
func lostDimensions(column string, from, to Type) string {
	switch {
	case from.IsArray() && to.IsArray():
		return from.element().Lost(column, to.element())
	case from.IsArray() && to.category() == pgtype.Text:
		return ""
	case from.IsArray():
		return returned(column, from, to)
	case from.category() != pgtype.Text:
		return from.Lost(column, to.element())
	case to.enum || to.category() == pgtype.Text || pgtype.Keeps(from.name, to.name.Element()):
		return ""
	}
	text := column + "::text"
	return fmt.Sprintf("CASE WHEN %s THEN %s::text ELSE %s::text END IS DISTINCT FROM %s",
		braced(text), to.Cast(text), to.element().Cast(text), text)
}

func lostText(column string, from Type, length int) string {
	if limits := from.name.Numbers(); from.category() == pgtype.Text && len(limits) > 0 && limits[0] <= length {
		return ""
	}
	return fmt.Sprintf("length(%s::text) > %d", column, length)
}

// isExact reports whether the values are numbers that become a numeric as they are.
func (t Type) isExact() bool { return t.category().IsNumber() && t.base() != "real" }

// amount returns a column that can be rounded: money cannot.
func (t Type) amount(column string) string {
	if t.base() == "money" {
		return column + "::numeric"
	}
	return column
}

func lostNumeric(column string, precision, scale int) string {
	rounded := fmt.Sprintf("round(%s::numeric, %d)", column, scale)
	return fmt.Sprintf("%s <> %s OR abs(%s) >= 1e%d", rounded, column, rounded, precision-scale)
}

func lostInteger(column string, from, to Type) string {
	low, high, _ := pgtype.Range(to.base())
	least, greatest, whole := pgtype.Range(from.base())
	if whole && low <= least && greatest <= high {
		return ""
	}
	outside := fmt.Sprintf("%s NOT BETWEEN %d AND %d", column, low, high)
	if whole {
		return outside
	}
	return outside + " OR trunc(" + column + "::numeric) <> " + column
}

// Converted returns an expression of the type converted to another one, for a
// query. Unlike an assignment it cuts off what does not fit.
func (t Type) Converted(expression string, to Type) string {
	if helps(t, to) {
		return "(SELECT " + pairs + " FROM jsonb_each_text(" + expression + "::jsonb) AS pair)"
	}
	if conversion := t.Using(expression, to); conversion != "" {
		return conversion
	}
	return to.Cast(expression)
}

// enclosed puts an expression in parentheses where something that binds more closely
// can follow.
func enclosed(expression string) string {
	if strings.HasPrefix(expression, "CASE ") || strings.HasSuffix(expression, " <> 0") {
		return "(" + expression + ")"
	}
	return expression
}
