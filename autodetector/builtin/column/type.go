package column

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A Type is the type of a column taken apart, with domains resolved.
type Type struct {
	SQL        string // the whole
	base       string // without arguments and dimensions; an enum's name in SQL
	args       []int  // of numeric(8,2): 8 and 2
	dimensions int
	enum       bool
	domain     bool // SQL names a domain over base
	collate    string
}

// TypeOf returns the type of a field.
func TypeOf(at sdk.Moment, f model.Field) Type {
	t := resolve(at, f.Type)
	t.SQL, t.collate = at.Type(f.Type), f.Collate
	return t
}

// resolve takes a type apart. A domain counts as what is under it.
func resolve(at sdk.Moment, t model.Type) Type {
	if t.Of == nil {
		base, args := splitType(t.SQL)
		return Type{base: base, args: args, dimensions: t.Dimensions}
	}
	if t.Of.Kind() == model.EnumKind {
		return Type{base: at.Qualified(t.Of.Address), dimensions: t.Dimensions, enum: true}
	}
	under := resolve(at, sdk.AttrsOf[model.Domain](at.Work, at.Find(t.Of.Address)).Type)
	under.dimensions += t.Dimensions
	under.domain = true
	return under
}

// Brackets returns the dimensions of an array as they stand behind a type.
func (t Type) Brackets() string { return strings.Repeat("[]", t.dimensions) }

// IsArray reports whether a type has dimensions.
func (t Type) IsArray() bool { return t.dimensions > 0 }

// Cast returns an expression converted to the type.
func (t Type) Cast(expression string) string { return expression + "::" + t.SQL }

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

// Touched returns the aspects of a column that a change to another type disturbs.
// Only the length or precision may change without a change in what is stored of
// expressions over the column.
func (t Type) Touched(to Type) state.Aspects {
	if t.base == to.base && t.dimensions == to.dimensions && t.collate == to.collate && t.domain == to.domain {
		return state.Type
	}
	return state.Type | state.Definition
}

// Rewrites reports whether PostgreSQL writes every row anew for a change to another
// type.
func (t Type) Rewrites(to Type) bool {
	if t.dimensions != to.dimensions || to.domain {
		return true
	}
	switch {
	case to.base == "text" || to.base == "varchar" && len(to.args) == 0:
		return t.base != "text" && t.base != "varchar" && t.base != "citext"
	case t.base != to.base:
		return !(t.base == "cidr" && to.base == "inet")
	case len(to.args) == 0:
		return t.base == "char" || t.base == "bit"
	case len(t.args) == 0:
		return true
	}
	return shrinks(t, to) || t.base == "char" || t.base == "bit"
}
