package column

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// Using returns the expression that converts a column to another type for ALTER
// COLUMN TYPE, or "" where PostgreSQL converts it by itself. A value that becomes
// an array is its only element, and the first element is what is left of an array;
// text in braces is read as an array, and an array written as text.
func (t Type) Using(column string, to Type) string {
	switch {
	case t.name.Dimensions() == to.name.Dimensions():
		return usingElement(column, t, to)
	case t.IsArray() && to.category() == pgtype.Text && !to.IsArray():
		return ""
	case !t.IsArray() && t.category() == pgtype.Text:
		return textToArray(column, to)
	case !t.IsArray():
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END", column, to.Loosely("ARRAY["+converted(column, t, to.element())+"]"))
	case !to.IsArray():
		return to.Cast(converted("("+column+")[1]", t.element(), to))
	}
	return to.Loosely(column + "::text")
}

func textToArray(column string, to Type) string {
	text := column + "::text"
	return fmt.Sprintf("CASE WHEN %s THEN %s WHEN %s IS NOT NULL THEN %s END",
		braced(text), to.Loosely(text), column, to.Loosely("ARRAY["+text+"]"))
}

// braced is a condition for text that is read as an array.
func braced(text string) string { return text + ` ~ '^\s*{.*}\s*$'` }

// converted returns an expression with the type of the values, but for casts by
// assignment.
func converted(expression string, from, to Type) string {
	if conversion := usingElement(expression, from, to); conversion != "" {
		return "(" + conversion + ")"
	}
	return expression
}

// usingElement is for two types of the same dimensions.
func usingElement(column string, from, to Type) string {
	if helps(from, to) {
		return toHstore + "(" + column + "::jsonb)"
	}
	same := from.base() == to.base()
	switch {
	case same && (from.base() != "bit" || slices.Equal(from.name.Numbers(), to.name.Numbers())):
		return ""
	case !to.IsArray() && detour(column, from, to) != "":
		return to.Cast(detour(column, from, to))
	case to.base() == "boolean" && from.category().IsNumber() && !to.IsArray():
		return column + " <> 0"
	case from.base() == "boolean" && to.category().IsNumber() && to.base() != "integer":
		return to.Cast(column + "::integer" + to.Brackets())
	}
	switch cast := from.cast(to); {
	case cast == pgtype.None:
		return to.Cast(column + "::text" + to.Brackets())
	case cast == pgtype.Explicit || same:
		return to.Cast(column)
	}
	return ""
}

// detour returns a step between two types that have no cast, or "". A time gets
// the day with which time begins; the range of a multirange spans it.
func detour(column string, from, to Type) string {
	switch {
	case from.base() == "char" && from.cast(to) == pgtype.Explicit:
		return column + "::text" // without the blanks that fill it
	case from.category() == pgtype.Time && to.category() == pgtype.Timestamp:
		return "('1970-01-01'::date + " + column + ")"
	case from.base() == "money" && to.category().IsNumber(), to.base() == "money" && from.category().IsNumber():
		return column + "::numeric"
	case strings.HasSuffix(from.base(), "multirange") && strings.Replace(from.base(), "multirange", "range", 1) == to.base():
		return "range_merge(" + column + ")"
	}
	return ""
}
