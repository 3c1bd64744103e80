package sql

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// PostgreSQL writes the casts that it has added by itself: a literal has the type of
// what it is compared with, a varchar is text. The model language leaves them out, so
// they are taken off where leaving them out means the same.

var textTypes = []string{"text", "varchar", "bpchar", "char"}

func isText(t ddl.Type) bool {
	return slices.Contains(textTypes, t.Name) && (t.Schema == "" || t.Own())
}

var numberTypes = []string{"int2", "int4", "int8", "smallint", "integer", "bigint", "numeric", "float4", "float8", "double precision", "real"}

func isNumber(t ddl.Type) bool {
	return slices.Contains(numberTypes, t.Name) && (t.Schema == "" || t.Own())
}

// isLiteral reports a literal, of a number with its sign too.
func isLiteral(e *ddl.Expr) bool {
	return e.Kind == ddl.String || e.Kind == ddl.Number || e.Kind == ddl.Bool || e.Kind == ddl.Null
}

// cast says a cast that cannot be left out.
func (x expresser) cast(e *ddl.Expr) *declare.Expr {
	inner := e.Args[0]
	if x.isRelabeled(inner, *e.Type) || inner.Kind == ddl.String && isText(*e.Type) && e.Type.Dimensions == 0 && len(e.Type.Arguments) == 0 {
		return x.say(inner)
	}
	value := x.say(inner)
	if value == nil || e.Type.Setof {
		return nil
	}
	if isReadLate(e) {
		value = Call("cast", value, x.work.Type(x.statement, *inner.Type))
	}
	return Call("cast", value, x.work.Type(x.statement, *e.Type))
}

// isRelabeled reports a column whose type PostgreSQL takes for another one as it is:
// varchar for text, a domain for what it is built on.
func (x expresser) isRelabeled(e *ddl.Expr, to ddl.Type) bool {
	t := x.typeOf(e)
	if t != nil && !isOwn(*t) && t.Dimensions == 0 {
		base := x.work.base(x.statement, *t)
		return base.Dimensions == to.Dimensions && x.work.typeKey(x.statement, base) == x.work.typeKey(x.statement, to) || isText(base) && isText(to) && to.Dimensions == 0
	}
	return t != nil && to.Name == "text" && to.Dimensions == 0 && isText(to) && isText(*t) && t.Dimensions == 0 && t.Name != "text"
}

// typeOf returns the type of a column or of the value of a domain, else nil.
func (x expresser) typeOf(e *ddl.Expr) *ddl.Type {
	if e.Kind != ddl.Column {
		return nil
	}
	if x.value != nil && strings.EqualFold(e.Names[len(e.Names)-1], "value") {
		return x.value
	}
	if x.table == nil {
		return nil
	}
	if c := x.table.column(e.Names[len(e.Names)-1]); c != nil {
		return &c.Type
	}
	return nil
}

// compared says operands of a comparison: literals have the type of the others.
func (x expresser) compared(list []*ddl.Expr) []*declare.Expr {
	if !slices.ContainsFunc(list, func(e *ddl.Expr) bool { return !isLiteral(stripped(e)) }) {
		return x.all(list)
	}
	return x.converted(list)
}

// converted says values that PostgreSQL converts by itself.
func (x expresser) converted(list []*ddl.Expr) []*declare.Expr {
	all := make([]*declare.Expr, len(list))
	for i, e := range list {
		switch inner := stripped(e); {
		case literals(e) != nil:
			all[i] = x.say(literals(e))
		case isLiteral(inner) && inner != e && !isUnwritten(inner, *e.Type):
			all[i] = x.say(unquoted(inner, *e.Type))
		case e.Kind == ddl.Cast && x.isWidened(e.Args[0], *e.Type):
			all[i] = x.say(e.Args[0])
		default:
			all[i] = x.say(e)
		}
	}
	return all
}

// isReadLate reports a text that becomes a value each time: ('now'::text)::timestamp is
// the time of a row, where 'now'::timestamp is the time at which the default was made.
func isReadLate(e *ddl.Expr) bool {
	if e.Kind != ddl.Cast || e.Args[0].Kind != ddl.Cast || isText(*e.Type) {
		return false
	}
	inner := e.Args[0]
	return isText(*inner.Type) && inner.Type.Dimensions == 0 && stripped(inner).Kind == ddl.String
}

// stripped takes casts off a literal.
func stripped(e *ddl.Expr) *ddl.Expr {
	for inner := e; inner.Kind == ddl.Cast && !isReadLate(inner); {
		if inner = inner.Args[0]; isLiteral(inner) {
			return inner
		}
	}
	return e
}

// literals returns an array of literals without casts, of the elements and of the
// whole; nil for anything else.
func literals(e *ddl.Expr) *ddl.Expr {
	for e.Kind == ddl.Cast && e.Type.Dimensions > 0 {
		e = e.Args[0]
	}
	if e.Kind != ddl.Array {
		return nil
	}
	list := &ddl.Expr{Kind: ddl.Array}
	for _, element := range e.Args {
		inner := stripped(element)
		if nested := literals(element); nested != nil {
			inner = nested
		} else if !isLiteral(inner) {
			return nil
		} else if inner != element {
			inner = unquoted(inner, *element.Type)
		}
		list.Args = append(list.Args, inner)
	}
	return list
}

// isUnwritten reports a number that the model language has no digits for: NaN, Infinity.
func isUnwritten(e *ddl.Expr, t ddl.Type) bool {
	return e.Kind == ddl.String && isNumber(t) && t.Dimensions == 0 && !digits().MatchString(e.Text)
}

// unquoted makes a number of the text of one.
func unquoted(e *ddl.Expr, t ddl.Type) *ddl.Expr {
	if e.Kind == ddl.String && isNumber(t) && t.Dimensions == 0 && !isUnwritten(e, t) {
		return &ddl.Expr{Kind: ddl.Number, Text: e.Text}
	}
	return e
}

// isWidened reports a column of a number that is compared as a wider one, exactly.
func (x expresser) isWidened(e *ddl.Expr, to ddl.Type) bool {
	t := x.typeOf(e)
	if t == nil || !isNumber(*t) || !isNumber(to) || t.Dimensions > 0 || to.Name == "float8" || to.Name == "float4" {
		return false
	}
	from, _ := pgtype.Lookup(t.Name)
	return pgtype.Between(from.Base(), pgtype.Base(to.Name)) == pgtype.Implicit
}

// computed says operands of arithmetic: a number beside a column of the type that it
// is cast to has it anyway.
func (x expresser) computed(list []*ddl.Expr) []*declare.Expr {
	all := make([]*declare.Expr, len(list))
	for i, e := range list {
		other := x.typeOf(list[1-i])
		if e.Kind == ddl.Cast && other != nil && catalogName(other.Name) == catalogName(e.Type.Name) && e.Type.Dimensions == 0 {
			if inner := e.Args[0]; inner.Kind == ddl.Number || x.isWidened(inner, *e.Type) {
				all[i] = x.say(inner)
				continue
			}
		}
		all[i] = x.say(e)
	}
	return all
}

var digits = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`) })
