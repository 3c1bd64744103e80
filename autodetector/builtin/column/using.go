package column

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/sdk"
)

// Using returns the expression that converts a column to another type for ALTER
// COLUMN TYPE, or "" where PostgreSQL converts it by itself. A value that becomes
// an array is its only element, and the first element is what is left of an array;
// text in braces is read as an array, and an array written as text.
func (t Type) Using(column string, to Type) string {
	switch {
	case t.dimensions == to.dimensions:
		return usingElement(column, t, to)
	case t.dimensions > 0 && isText(to.base) && to.dimensions == 0:
		return ""
	case t.dimensions == 0 && isText(t.base):
		return textToArray(column, to)
	case t.dimensions == 0:
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END", column, to.Cast("ARRAY["+converted(column, t, to.element())+"]"))
	case to.dimensions == 0:
		return to.Cast(converted("("+column+")[1]", t.element(), to))
	}
	return to.Cast(column + "::text")
}

func textToArray(column string, to Type) string {
	text := column + "::text"
	return fmt.Sprintf("CASE WHEN %s ~ '^\\s*{.*}\\s*$' THEN %s WHEN %s IS NOT NULL THEN %s END",
		text, to.Cast(text), column, to.Cast("ARRAY["+text+"]"))
}

// converted returns an expression with the type of the values, but for casts by
// assignment.
func converted(expression string, from, to Type) string {
	if conversion := usingElement(expression, from, to); conversion != "" {
		return "(" + conversion + ")"
	}
	return expression
}

// element returns the type of the elements of an array.
func (t Type) element() Type {
	t.dimensions = 0
	t.SQL = strings.TrimRight(t.SQL, "[]")
	return t
}

// usingElement is for two types of the same dimensions.
func usingElement(column string, from, to Type) string {
	if helps(from, to) {
		return toHstore + "(" + column + "::jsonb)"
	}
	switch {
	case from.base == to.base && (from.base != "bit" || slices.Equal(from.args, to.args)):
		return ""
	case to.dimensions == 0 && detour(column, from, to) != "":
		return to.Cast(detour(column, from, to))
	case to.base == "boolean" && isNumber(from.base) && to.dimensions == 0:
		return column + " <> 0"
	case from.base == "boolean" && isNumber(to.base) && to.base != "integer":
		return to.Cast(column + "::integer" + to.Brackets())
	}
	switch castBetween(from.base, to.base) {
	case assignment:
		if from.base == to.base {
			return to.Cast(column)
		}
		return ""
	case explicit:
		return to.Cast(column)
	default:
		return to.Cast(column + "::text" + to.Brackets())
	}
}

// detour returns a step between two types that have no cast, or "". A time gets
// the day with which time begins; the range of a multirange spans it.
func detour(column string, from, to Type) string {
	switch {
	case from.base == "char" && castBetween(from.base, to.base) == explicit:
		return column + "::text" // without the blanks that fill it
	case (from.base == "time" || from.base == "timetz") && (to.base == "timestamp" || to.base == "timestamptz"):
		return "('1970-01-01'::date + " + column + ")"
	case from.base == "money" && isNumber(to.base), to.base == "money" && isNumber(from.base):
		return column + "::numeric"
	case strings.HasSuffix(from.base, "multirange") && strings.Replace(from.base, "multirange", "range", 1) == to.base:
		return "range_merge(" + column + ")"
	}
	return ""
}

func isNumber(base string) bool {
	switch base {
	case "smallint", "integer", "bigint", "numeric", "real", "double precision":
		return true
	}
	return false
}

// toHstore is a function that lives as long as the session. There is no cast from
// jsonb to hstore, though there is one back, and ALTER COLUMN TYPE takes no
// subquery.
const toHstore = "pg_temp.whimbrel_to_hstore"

// helps reports whether a conversion needs the function.
func helps(from, to Type) bool {
	return to.base == "hstore" && to.dimensions == 0 && from.dimensions == 0 && (from.base == "jsonb" || from.base == "json")
}

// Helper returns the statements before and after a conversion to another type.
func (t Type) Helper(to Type) (before, after []string) {
	if !helps(t, to) {
		return nil, nil
	}
	return []string{"CREATE FUNCTION " + toHstore + "(jsonb) RETURNS hstore LANGUAGE sql STRICT AS " + sdk.Body(
			"SELECT coalesce(hstore(array_agg(pair.key), array_agg(pair.value)), '') FROM jsonb_each_text($1) AS pair")},
		[]string{"DROP FUNCTION " + toHstore + "(jsonb)"}
}
