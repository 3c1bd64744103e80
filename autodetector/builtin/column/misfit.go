package column

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// Misfit returns a condition on a column that holds for rows whose value cannot become
// one of another type, so that the change fails, or "" if all can. Where nothing but
// the conversion tells, the query fails as the change would.
func (t Type) Misfit(column string, to Type) string {
	if t.domain && t.IsArray() {
		column = t.plain().Cast(column) // an array of a domain has no operators
	}
	t, to = t.plain(), to.plain()
	limits := to.name.Numbers()
	switch {
	case !t.Converts(to):
		return "" // nothing is converted
	case t.IsArray() && to.IsArray():
		return misfitElement(column, t, to)
	case t.IsArray() != to.IsArray():
		return misfitDimensions(column, t, to)
	case to.enum || t.enum:
		return misfitEnum(column, t, to)
	case to.category() == pgtype.Text && len(limits) > 0:
		return misfitText(column, t, limits[0])
	case to.category() == pgtype.Integer && t.category().IsNumber():
		return misfitInteger(column, t, to)
	case to.base() == "numeric" && len(limits) == 2 && (t.category().IsNumber() || t.base() == "money" || t.base() == "oid"):
		return misfitNumeric(column, t, to)
	case to.base() == "varbit" && len(limits) > 0 && pgtype.Shrinks(t.name, to.name):
		return fmt.Sprintf("length(%s) > %d", column, limits[0])
	case to.base() == "bit" && t.base() == "varbit":
		return fmt.Sprintf("length(%s) <> %d", column, slices.Max(append(limits, 1)))
	case t.fails(to):
		return unconverted(column, t, to)
	}
	return ""
}

// misfitElement: an array does not fit if one of its elements does not.
func misfitElement(column string, from, to Type) string {
	condition := from.element().Misfit("element", to.element())
	if condition == "" {
		return ""
	}
	return "EXISTS (SELECT FROM unnest(" + column + ") AS element WHERE " + condition + ")"
}

// misfitDimensions: a value becomes an array of it, and of an array its first element
// is left.
func misfitDimensions(column string, from, to Type) string {
	limits := to.name.Numbers()
	switch {
	case from.IsArray() && to.category() == pgtype.Text && !to.enum:
		if len(limits) > 0 {
			return tooLong(column, limits[0])
		}
		return ""
	case from.IsArray():
		return from.element().Misfit("("+column+")[1]", to)
	case from.category() == pgtype.Text && to.Cuts():
		return "EXISTS (SELECT FROM unnest(" + from.Using(column, to) + ") AS element WHERE " + tooLong("element", limits[0]) + ")"
	case from.category() == pgtype.Text:
		return unconverted(column, from, to)
	}
	return from.Misfit(column, to.element())
}

// misfitEnum: text that is no value. Of two enums somebody else sees to the values.
func misfitEnum(column string, from, to Type) string {
	if from.enum || to.labels == "" {
		return ""
	}
	return column + "::text NOT IN (" + to.labels + ")"
}

func misfitText(column string, from Type, length int) string {
	if limits := from.name.Numbers(); from.category() == pgtype.Text && len(limits) > 0 && limits[0] <= length {
		return ""
	}
	if longest := from.longest(); longest > 0 && longest <= length {
		return ""
	}
	return tooLong(column, length)
}

func tooLong(column string, length int) string {
	return fmt.Sprintf("length(%s::text) > %d", column, length)
}

// longest returns how many characters a value has as text at most, 0 if nobody knows.
func (t Type) longest() int {
	if least, greatest, whole := pgtype.Range(t.base()); whole {
		return max(len(fmt.Sprint(least)), len(fmt.Sprint(greatest)))
	}
	return map[string]int{"boolean": len("false"), "uuid": 36, "macaddr": 17, "macaddr8": 23}[t.base()]
}

func misfitInteger(column string, from, to Type) string {
	low, high, _ := pgtype.Range(to.base())
	least, greatest, whole := pgtype.Range(from.base())
	switch {
	case whole && low <= least && greatest <= high:
		return ""
	case whole:
		return fmt.Sprintf("%s NOT BETWEEN %d AND %d", column, low, high)
	case from.category() == pgtype.Float && to.base() == "bigint":
		// The greatest bigint is no double.
		return fmt.Sprintf("NOT (%s >= -9223372036854775808 AND %s < 9223372036854775808)", column, column)
	}
	return fmt.Sprintf("round(%s) NOT BETWEEN %d AND %d", column, low, high)
}

func misfitNumeric(column string, from, to Type) string {
	is, was := to.name.Numbers(), from.name.Numbers()
	before := is[0] - is[1] // digits before the point
	switch _, greatest, whole := pgtype.Range(from.base()); {
	case whole && is[1] >= 0 && len(fmt.Sprint(greatest)) <= before:
		return ""
	case len(was) == 2 && (was[0]-was[1] < before || was[0]-was[1] == before && was[1] <= is[1]):
		return ""
	}
	condition := fmt.Sprintf("abs(%s) >= 1e%d", rounded(from.amount(column), is[1]), before)
	if from.base() == "numeric" || from.category() == pgtype.Float {
		condition += " AND " + column + " <> 'NaN'"
	}
	return condition
}

// unconverted is a condition that never holds: the query fails if the conversion does.
func unconverted(column string, from, to Type) string {
	return enclosed(from.Converted(column, to)) + " IS NULL AND " + column + " IS NOT NULL"
}

// fails reports whether PostgreSQL refuses to convert some values to a type that is no
// text.
func (t Type) fails(to Type) bool {
	from, target := t.category(), to.category()
	switch {
	case target == pgtype.Text || t.base() == to.base():
		return false
	case from == pgtype.Text:
		return true
	case from == pgtype.JSON:
		return t.base() != "jsonb" || target != pgtype.JSON
	case from.IsNumber(), t.base() == "money":
		return failing["number"][to.base()] || failing[t.base()][to.base()] || target == pgtype.JSON && from != pgtype.Integer
	case failing[t.base()][to.base()]:
		return true
	}
	return target == pgtype.Other && t.cast(to) == pgtype.None && detour("v", t, to) == ""
}

// failing holds the types of which some values are refused by others, though there is
// a cast or a way by another type.
var failing = map[string]map[string]bool{
	"number":           {"money": true, "oid": true},
	"double precision": {"real": true},
	"numeric":          {"real": true, "double precision": true},
	"money":            {"smallint": true, "integer": true, "bigint": true},
	"path":             {"polygon": true, "lseg": true},
	"macaddr8":         {"macaddr": true},
	"timestamp":        {"timetz": true},
}
