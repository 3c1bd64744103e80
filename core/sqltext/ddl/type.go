package ddl

import "strings"

// A Type is a type as it is written, by the name that the catalog has for it.
type Type struct {
	Schema     string // empty for PostgreSQL's own that is written by a word of SQL
	Name       string
	Arguments  []string
	Dimensions int
	Setof      bool
	Column     bool   // it is that of a column: Schema.Name.Field%TYPE
	SQL        string // as it stands in the source, without SETOF
	Span       Span
}

// Own reports whether PostgreSQL has the type from itself, as far as the name says it.
func (t Type) Own() bool { return t.Schema == "pg_catalog" }

func (r *reader) typ(n node) Type {
	name := nameOf(n.strings("names"))
	t := Type{Schema: name.Schema, Name: name.Name, Dimensions: len(n.list("arrayBounds")), Setof: n.flag("setof"), Column: n.flag("pct_type")}
	begin := r.index(n.number("location"))
	end := r.typeEnd(begin)
	t.SQL, t.Span = r.cut(begin, end)
	for _, v := range n.list("typmods") {
		t.Arguments = append(t.Arguments, r.typmod(v))
	}
	return t
}

func (r *reader) typmod(v any) string {
	switch class, n := open(v); class {
	case "A_Const":
		text, _ := constant(n)
		return text
	case "ColumnRef":
		return strings.Join(n.strings("fields"), ".")
	}
	return ""
}

// typeWords are words behind the first one of a type's name.
var typeWords = []string{"precision", "varying", "with", "without", "time", "zone", "character", "char", "nchar", "varchar"}

// typeEnd returns the token behind a type.
func (r *reader) typeEnd(i int) int {
	if r.is(i, "setof") {
		i++
	}
	interval := r.is(i, "interval")
	i++
	for i < len(r.tokens) {
		switch {
		case r.is(i, "."), r.is(i-1, "."):
			i++
		case r.is(i, "["):
			i = r.behind(i)
		case r.is(i, "(") && !r.is(i+1, "select"):
			i = r.behind(i)
		case r.is(i, "array"):
			i++
		case r.is(i, "%"):
			i += 2
		case interval && r.is(i, "year", "month", "day", "hour", "minute", "second", "to"):
			i++
		case r.is(i, "with", "without") && !r.is(i+1, "time"):
			return i
		case r.is(i, typeWords...):
			i++
		default:
			return i
		}
	}
	return i
}
