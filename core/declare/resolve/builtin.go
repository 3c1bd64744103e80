package resolve

import (
	"fmt"
	"strconv"
	"strings"

	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// A category groups types for the check of defaults.
type category uint8

const (
	otherValue category = iota
	boolValue
	integerValue
	numericValue
	floatValue
	textValue
	uuidValue
	dateValue
	timeValue
	timestampValue
	jsonValue
)

// A builtin is a type of PostgreSQL.
type builtin struct {
	sql      string // our spelling, without arguments
	category category
	bits     int  // of an integer
	args     args // what stands in parentheses
	serial   bool
	plain    *typ // the type without arguments
}

// args says what arguments a type takes.
type args struct {
	most      int // how many
	low, high int // of the first one
	// what is the first one's name, for messages; implied is its value where it
	// is left out and PostgreSQL's default is no type of its own.
	what    string
	implied string
}

var precision = args{most: 1, low: 0, high: 6, what: "precision"}

// builtins are the types of PostgreSQL 15 by every name they have; a blank in a
// name is an underscore.
var builtins = builtinTypes()

func builtinTypes() map[string]*builtin {
	types := map[string]*builtin{}
	add := func(b builtin, names ...string) {
		b.plain = &typ{Type: kinds.Type{SQL: b.bare()}, builtin: &b}
		for _, name := range names {
			types[name] = &b
		}
	}
	add(builtin{sql: "boolean", category: boolValue}, "boolean", "bool")
	add(builtin{sql: "smallint", category: integerValue, bits: 16}, "smallint", "int2")
	add(builtin{sql: "integer", category: integerValue, bits: 32}, "integer", "int", "int4")
	add(builtin{sql: "bigint", category: integerValue, bits: 64}, "bigint", "int8")
	add(builtin{sql: "smallint", category: integerValue, bits: 16, serial: true}, "smallserial", "serial2")
	add(builtin{sql: "integer", category: integerValue, bits: 32, serial: true}, "serial", "serial4")
	add(builtin{sql: "bigint", category: integerValue, bits: 64, serial: true}, "bigserial", "serial8")
	add(builtin{sql: "numeric", category: numericValue, args: args{most: 2, low: 1, high: 1000, what: "precision"}}, "numeric", "decimal", "dec")
	add(builtin{sql: "real", category: floatValue}, "real", "float4")
	add(builtin{sql: "double precision", category: floatValue}, "double_precision", "float8")
	add(builtin{sql: "float", category: floatValue, args: args{most: 1, low: 1, high: 53, what: "precision"}}, "float")
	add(builtin{sql: "varchar", category: textValue, args: args{most: 1, low: 1, high: 10485760, what: "length"}},
		"varchar", "character_varying", "char_varying", "nchar_varying", "national_character_varying")
	add(builtin{sql: "char", category: textValue, args: args{most: 1, low: 1, high: 10485760, what: "length", implied: "1"}},
		"char", "character", "nchar", "national_character")
	add(builtin{sql: "bpchar", category: textValue, args: args{most: 1, low: 1, high: 10485760, what: "length"}}, "bpchar")
	add(builtin{sql: "text", category: textValue}, "text")
	add(builtin{sql: "name", category: textValue}, "name")
	add(builtin{sql: "bit", args: args{most: 1, low: 1, high: 83886080, what: "length", implied: "1"}}, "bit")
	add(builtin{sql: "varbit", args: args{most: 1, low: 1, high: 83886080, what: "length"}}, "varbit", "bit_varying")
	add(builtin{sql: "date", category: dateValue}, "date")
	add(builtin{sql: "time", category: timeValue, args: precision}, "time", "time_without_time_zone")
	add(builtin{sql: "timetz", category: timeValue, args: precision}, "timetz", "time_with_time_zone")
	add(builtin{sql: "timestamp", category: timestampValue, args: precision}, "timestamp", "timestamp_without_time_zone")
	add(builtin{sql: "timestamptz", category: timestampValue, args: precision}, "timestamptz", "timestamp_with_time_zone")
	add(builtin{sql: "interval", args: precision}, "interval")
	add(builtin{sql: "uuid", category: uuidValue}, "uuid")
	add(builtin{sql: "json", category: jsonValue}, "json")
	add(builtin{sql: "jsonb", category: jsonValue}, "jsonb")
	for _, name := range strings.Fields(`bytea money xml point line lseg box path polygon circle cidr inet macaddr macaddr8
		tsvector tsquery int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange
		nummultirange tsmultirange tstzmultirange datemultirange oid xid xid8 cid tid pg_lsn pg_snapshot txid_snapshot
		jsonpath refcursor aclitem int2vector oidvector regclass regcollation regconfig regdictionary regnamespace regoper
		regoperator regproc regprocedure regrole regtype pg_node_tree gtsvector`) {
		add(builtin{sql: name}, name)
	}
	return types
}

// pseudo are types that no column can have.
var pseudo = strings.Fields(`any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray
	anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange cstring event_trigger fdw_handler
	index_am_handler internal language_handler record table_am_handler trigger tsm_handler unknown void`)

// spell returns the type with arguments in our spelling. The error says in words
// for the user what is wrong with the arguments.
func (b *builtin) spell(given []int) (string, error) {
	if len(given) > b.args.most {
		return "", fmt.Errorf("%s", b.tooMany())
	}
	if len(given) == 0 {
		return b.bare(), nil
	}
	if given[0] < b.args.low || given[0] > b.args.high {
		return "", fmt.Errorf("the %s of %s is from %d to %d", b.args.what, b.sql, b.args.low, b.args.high)
	}
	switch b.sql {
	case "float":
		return floatOf(given[0]), nil
	case "bpchar":
		return "char(" + strconv.Itoa(given[0]) + ")", nil
	case "numeric":
		return spellNumeric(given)
	}
	return b.sql + "(" + strconv.Itoa(given[0]) + ")", nil
}

func (b *builtin) bare() string {
	switch {
	case b.sql == "float":
		return "double precision"
	case b.args.implied != "":
		return b.sql + "(" + b.args.implied + ")"
	}
	return b.sql
}

func (b *builtin) tooMany() string {
	switch b.args.most {
	case 0:
		return b.sql + " takes no arguments"
	case 1:
		return b.sql + " takes one argument, its " + b.args.what
	}
	return b.sql + " takes two arguments at most, precision and scale"
}

func floatOf(precision int) string {
	if precision <= 24 {
		return "real"
	}
	return "double precision"
}

func spellNumeric(given []int) (string, error) {
	scale := 0
	if len(given) == 2 {
		scale = given[1]
	}
	if scale < -1000 || scale > 1000 {
		return "", fmt.Errorf("the scale of numeric is from -1000 to 1000")
	}
	return fmt.Sprintf("numeric(%d,%d)", given[0], scale), nil
}
