package builtin

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A columnType is a type taken apart, with domains resolved.
type columnType struct {
	sql        string // the whole as SQL
	base       string // without arguments and dimensions; an enum's name in SQL
	args       []int  // of numeric(8,2): 8 and 2
	dimensions int
	enum       bool
	domain     bool // sql names a domain over base
	collate    string
}

func (v view) columnType(f model.Field) columnType {
	t := v.resolve(f.Type)
	t.sql, t.collate = v.typeSQL(f.Type), f.Collate
	return t
}

// resolve takes a type apart. A domain counts as what is under it.
func (v view) resolve(t model.Type) columnType {
	if t.Of == nil {
		base, args := splitType(t.SQL)
		return columnType{base: base, args: args, dimensions: t.Dimensions}
	}
	if t.Of.Kind() == model.EnumKind {
		return columnType{base: v.typeName(t.Of.Address), dimensions: t.Dimensions, enum: true}
	}
	under := v.resolve(decode[model.Domain](v.work, v.find(t.Of.Address)).Type)
	under.dimensions += t.Dimensions
	under.domain = true
	return under
}

// splitType splits "timestamp(3)" and the like into name and arguments. Names
// that mean one type are made one.
func splitType(sql string) (base string, args []int) {
	name, rest, _ := strings.Cut(strings.TrimSpace(sql), "(")
	inner, tail, _ := strings.Cut(rest, ")")
	for _, arg := range strings.Split(inner, ",") {
		if n, err := strconv.Atoi(strings.TrimSpace(arg)); err == nil {
			args = append(args, n)
		}
	}
	name = strings.Join(strings.Fields(name+" "+tail), " ")
	if known, ok := spellings[name]; ok {
		name = known
	}
	return name, args
}

// spellings holds the names of types that have more than one.
var spellings = map[string]string{
	"bool": "boolean", "int2": "smallint", "int4": "integer", "int": "integer", "int8": "bigint",
	"float4": "real", "float8": "double precision", "float": "double precision", "decimal": "numeric",
	"character varying": "varchar", "character": "char", "bpchar": "char", "bit varying": "varbit",
	"timestamp without time zone": "timestamp", "timestamp with time zone": "timestamptz",
	"time without time zone": "time", "time with time zone": "timetz",
}

// using returns the expression that converts a column for ALTER COLUMN TYPE, or
// "" where PostgreSQL converts it by itself.
func using(column string, from, to columnType) string {
	switch {
	case from.dimensions == 0 && to.dimensions > 0 && !isText(from.base):
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL THEN %s END", column, castTo("ARRAY["+column+"]", to))
	case from.dimensions > 0 && to.dimensions == 0 && !isText(to.base):
		return castTo(fmt.Sprintf("(%s)[1]", column), to)
	case from.dimensions > 0 && to.dimensions == 0:
		return ""
	case from.dimensions == 0 && to.dimensions > 0:
		return castTo(column, to)
	}
	return usingElement(column, from, to)
}

// usingElement is for two types of the same dimensions.
func usingElement(column string, from, to columnType) string {
	switch {
	case from.base == to.base && (from.base != "bit" || same(from.args, to.args)):
		return ""
	case to.base == "boolean" && isNumber(from.base) && to.dimensions == 0:
		return column + " <> 0"
	case from.base == "boolean" && isNumber(to.base) && to.base != "integer":
		return castTo(column+"::integer"+brackets(to), to)
	}
	switch castBetween(from.base, to.base) {
	case assignment:
		if from.base == to.base {
			return castTo(column, to)
		}
		return ""
	case explicit:
		return castTo(column, to)
	default:
		return castTo(column+"::text"+brackets(to), to)
	}
}

func castTo(expression string, t columnType) string { return expression + "::" + t.sql }

func brackets(t columnType) string { return strings.Repeat("[]", t.dimensions) }

func isNumber(base string) bool {
	switch base {
	case "smallint", "integer", "bigint", "numeric", "real", "double precision":
		return true
	}
	return false
}

// touched returns the aspects that a change of the type disturbs. Only the
// length or precision may change without a change in what is stored of
// expressions over the column.
func touched(from, to columnType) state.Aspects {
	if from.base == to.base && from.dimensions == to.dimensions && from.collate == to.collate && from.domain == to.domain {
		return state.Type
	}
	return state.Type | state.Definition
}

// rewrites reports whether PostgreSQL writes every row anew for a change of the
// type.
func rewrites(from, to columnType) bool {
	if from.dimensions != to.dimensions || to.domain {
		return true
	}
	switch {
	case to.base == "text" || to.base == "varchar" && len(to.args) == 0:
		return from.base != "text" && from.base != "varchar" && from.base != "citext"
	case from.base != to.base:
		return !(from.base == "cidr" && to.base == "inet")
	case len(to.args) == 0:
		return from.base == "char" || from.base == "bit"
	case len(from.args) == 0:
		return true
	}
	return shrinks(from, to) || from.base == "char" || from.base == "bit"
}

// shrinks reports whether values of a type may not fit into the same type with
// other arguments as they are.
func shrinks(from, to columnType) bool {
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

func scale(t columnType) int {
	if len(t.args) < 2 {
		return 0
	}
	return t.args[1]
}

// lost returns a condition that holds for rows whose value does not survive a
// change of the type, or "" if all do. Values that cannot be converted at all
// make the change fail and are not lost.
func lost(column string, from, to columnType) string {
	if from.dimensions != to.dimensions {
		return lostDimensions(column, from, to)
	}
	if from.dimensions > 0 {
		return ""
	}
	if isText(to.base) && len(to.args) > 0 {
		return lostText(column, from, to)
	}
	if from.enum || to.enum || isText(from.base) {
		return ""
	}
	switch {
	case from.base == to.base && !shrinks(from, to):
		return ""
	case to.base == "numeric" && len(to.args) > 0 && isNumber(from.base):
		return lostNumeric(column, to)
	case integerRange[to.base] != "" && isNumber(from.base):
		return lostInteger(column, from, to)
	case from.base == to.base, narrowing[from.base+" "+to.base]:
		return fmt.Sprintf("%s::%s::%s IS DISTINCT FROM %s", column, to.sql, from.sql, column)
	case to.base == "boolean" && isNumber(from.base):
		return column + " NOT IN (0, 1)"
	}
	return ""
}

func lostDimensions(column string, from, to columnType) string {
	if from.dimensions > 0 && to.dimensions == 0 && !isText(to.base) {
		return "cardinality(" + column + ") > 1"
	}
	return ""
}

func lostText(column string, from, to columnType) string {
	if isText(from.base) && len(from.args) > 0 && from.args[0] <= to.args[0] {
		return ""
	}
	return fmt.Sprintf("length(%s::text) > %d", column, to.args[0])
}

func lostNumeric(column string, to columnType) string {
	rounded := fmt.Sprintf("round(%s::numeric, %d)", column, scale(to))
	return fmt.Sprintf("%s <> %s OR abs(%s) >= 1e%d", rounded, column, rounded, to.args[0]-scale(to))
}

func lostInteger(column string, from, to columnType) string {
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

func lossHazard(f view, o *state.Object, condition string, down bool) operation.Hazard {
	table := f.table(o.Parent)
	return operation.Hazard{
		Code: operation.DataLoss, Object: o.Address, Down: down,
		Text:  "values of " + table + "." + f.column(o.Address) + " do not fit into the new type",
		Probe: "SELECT EXISTS (SELECT FROM " + table + " WHERE " + condition + ")",
	}
}
