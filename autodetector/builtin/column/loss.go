package column

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// Lost returns a condition on a column that holds for rows whose value does not
// survive a change to another type, or "" if all do. Values that cannot be
// converted at all make the change fail and are not lost.
func (t Type) Lost(column string, to Type) string {
	if t.name.Dimensions() != to.name.Dimensions() {
		return lostDimensions(column, t, to)
	}
	if t.IsArray() {
		return ""
	}
	limits := to.name.Numbers()
	if to.category() == pgtype.Text && len(limits) > 0 {
		return lostText(column, t, limits[0])
	}
	if t.enum || to.enum || t.category() == pgtype.Text {
		return ""
	}
	same, narrows := t.base() == to.base(), pgtype.Narrows(t.base(), to.base())
	switch {
	case same && !pgtype.Shrinks(t.name, to.name):
		return ""
	case to.base() == "numeric" && len(limits) == 2 && t.category().IsNumber():
		return lostNumeric(column, limits[0], limits[1])
	case to.category() == pgtype.Integer && t.category().IsNumber():
		return lostInteger(column, t, to)
	case narrows && to.cast(t) == pgtype.None:
		return column + " IS NOT NULL" // a part of each value goes
	case same, narrows:
		return fmt.Sprintf("%s::%s::%s IS DISTINCT FROM %s", column, to.SQL, t.SQL, column)
	case to.base() == "boolean" && t.category().IsNumber():
		return column + " NOT IN (0, 1)"
	}
	return ""
}

func lostDimensions(column string, from, to Type) string {
	if from.IsArray() && !to.IsArray() && to.category() != pgtype.Text {
		return "cardinality(" + column + ") > 1"
	}
	return ""
}

func lostText(column string, from Type, length int) string {
	if limits := from.name.Numbers(); from.category() == pgtype.Text && len(limits) > 0 && limits[0] <= length {
		return ""
	}
	return fmt.Sprintf("length(%s::text) > %d", column, length)
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
