package column

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// Lost returns a condition on a column that holds for rows whose value does not
// survive a change to another type, or "" if all do: converted there and back it is
// not what it was. Values that cannot be converted at all make the change fail and
// are not lost; see Misfit.
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
		return lostInteger(column, t)
	case t.enum || to.enum || pgtype.Keeps(t.name.Element(), to.name.Element()):
		return ""
	case t.IsArray():
		return returned(column, t, to)
	case to.category() == pgtype.Text && len(limits) > 0 && (to.base() != "char" || t.category() != pgtype.Text):
		return "" // it fits or it does not
	case to.base() == "numeric" && len(limits) == 2 && (t.isExact() || t.base() == "money"):
		return lostNumeric(column, t, to)
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

// isExact reports whether the values are numbers that become a numeric as they are.
func (t Type) isExact() bool { return t.category().IsNumber() && t.base() != "real" }

// amount returns a column that can be rounded: money and oid cannot.
func (t Type) amount(column string) string {
	switch t.base() {
	case "money":
		return column + "::numeric"
	case "oid":
		return column + "::text"
	}
	return column
}

// lostNumeric: digits behind the point are rounded off.
func lostNumeric(column string, from, to Type) string {
	scale := to.name.Numbers()[1]
	_, _, whole := pgtype.Range(from.base())
	if was := from.name.Numbers(); whole && scale >= 0 || len(was) == 2 && was[1] <= scale {
		return ""
	}
	amount := from.amount(column)
	return rounded(amount, scale) + " <> " + amount
}

func rounded(number string, scale int) string {
	return fmt.Sprintf("round(%s::numeric, %d)", number, scale)
}

// lostInteger: what is behind the point is rounded off.
func lostInteger(column string, from Type) string {
	if _, _, whole := pgtype.Range(from.base()); whole {
		return ""
	}
	return "trunc(" + column + "::numeric) <> " + column
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
