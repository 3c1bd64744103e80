package builtin

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
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
