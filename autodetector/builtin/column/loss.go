package column

import "fmt"

// shrinks reports whether values of a type may not fit into the same type with
// other arguments as they are.
func shrinks(from, to Type) bool {
	if len(to.args) == 0 {
		return false
	}
	if len(from.args) == 0 {
		return true
	}
	if from.base != "numeric" {
		return to.args[0] < from.args[0]
	}
	wholeFrom, wholeTo := from.args[0]-scale(from), to.args[0]-scale(to)
	return wholeTo < wholeFrom || scale(to) < scale(from)
}

func scale(t Type) int {
	if len(t.args) < 2 {
		return 0
	}
	return t.args[1]
}

// Lost returns a condition on a column that holds for rows whose value does not
// survive a change to another type, or "" if all do. Values that cannot be converted at all
// make the change fail and are not lost.
func (t Type) Lost(column string, to Type) string {
	if t.dimensions != to.dimensions {
		return lostDimensions(column, t, to)
	}
	if t.dimensions > 0 {
		return ""
	}
	if isText(to.base) && len(to.args) > 0 {
		return lostText(column, t, to)
	}
	if t.enum || to.enum || isText(t.base) {
		return ""
	}
	switch {
	case t.base == to.base && !shrinks(t, to):
		return ""
	case to.base == "numeric" && len(to.args) > 0 && isNumber(t.base):
		return lostNumeric(column, to)
	case integerRange[to.base] != "" && isNumber(t.base):
		return lostInteger(column, t, to)
	case narrowing[t.base+" "+to.base] && castBetween(to.base, t.base) == noCast:
		return column + " IS NOT NULL" // a part of each value goes
	case t.base == to.base, narrowing[t.base+" "+to.base]:
		return fmt.Sprintf("%s::%s::%s IS DISTINCT FROM %s", column, to.SQL, t.SQL, column)
	case to.base == "boolean" && isNumber(t.base):
		return column + " NOT IN (0, 1)"
	}
	return ""
}

func lostDimensions(column string, from, to Type) string {
	if from.dimensions > 0 && to.dimensions == 0 && !isText(to.base) {
		return "cardinality(" + column + ") > 1"
	}
	return ""
}

func lostText(column string, from, to Type) string {
	if isText(from.base) && len(from.args) > 0 && from.args[0] <= to.args[0] {
		return ""
	}
	return fmt.Sprintf("length(%s::text) > %d", column, to.args[0])
}

func lostNumeric(column string, to Type) string {
	rounded := fmt.Sprintf("round(%s::numeric, %d)", column, scale(to))
	return fmt.Sprintf("%s <> %s OR abs(%s) >= 1e%d", rounded, column, rounded, to.args[0]-scale(to))
}

func lostInteger(column string, from, to Type) string {
	if castOrder[from.base] <= castOrder[to.base] && castOrder[from.base] > 0 {
		return ""
	}
	outside := column + " NOT BETWEEN " + integerRange[to.base]
	if integerRange[from.base] != "" {
		return outside
	}
	return outside + " OR trunc(" + column + "::numeric) <> " + column
}

// integerRange holds the bounds of the integer types.
var integerRange = map[string]string{
	"smallint": "-32768 AND 32767",
	"integer":  "-2147483648 AND 2147483647",
	"bigint":   "-9223372036854775808 AND 9223372036854775807",
}

// castOrder orders the integer types by their range.
var castOrder = map[string]int{"smallint": 1, "integer": 2, "bigint": 3}

// narrowing holds the casts by assignment that lose something without an error,
// besides those between numbers.
var narrowing = map[string]bool{
	"timestamptz date": true, "timestamp date": true, "timestamptz time": true, "timestamp time": true,
	"timestamptz timetz": true, "interval time": true, "timetz time": true,
	"double precision real": true, "numeric real": true, "numeric double precision": true, "bigint real": true,
	"integer real": true, "bigint double precision": true, "inet cidr": true, "macaddr8 macaddr": true,
}
