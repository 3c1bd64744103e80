package sql

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// An expresser says one expression.
type expresser struct {
	work      *Work
	statement Statement
	app       source.App
	table     *Table    // whose columns it names
	value     *ddl.Type // of the value that it is about
}

// say returns an expression in the model language, nil where it has no word for it.
func (x expresser) say(e *ddl.Expr) *declare.Expr {
	switch e.Kind {
	case ddl.Column:
		return x.column(e)
	case ddl.Number:
		return Number(e.Text)
	case ddl.String:
		return Text(e.Text)
	case ddl.Bool:
		return Bool(e.Text == "true")
	case ddl.Null:
		return &declare.Expr{Kind: declare.Null}
	case ddl.Keyword:
		return x.keyword(e.Text)
	case ddl.Call:
		return x.call(e)
	case ddl.Operator:
		return x.operator(e)
	case ddl.IsNull:
		return operation("==", x.say(e.Args[0]), &declare.Expr{Kind: declare.Null})
	case ddl.NotNull:
		return operation("!=", x.say(e.Args[0]), &declare.Expr{Kind: declare.Null})
	case ddl.Cast:
		return x.cast(e)
	case ddl.In:
		args := x.compared(e.Args)
		if !said(args) {
			return nil
		}
		return Call("in", args[0], List(args[1:]...))
	case ddl.Between:
		return called("between", x.compared(e.Args))
	case ddl.Case:
		return x.choice(e.Args)
	case ddl.Array:
		if args := x.all(e.Args); said(args) {
			return List(args...)
		}
	case ddl.Coalesce:
		return called("coalesce", x.all(e.Args))
	}
	return nil
}

func (x expresser) all(list []*ddl.Expr) []*declare.Expr {
	all := make([]*declare.Expr, len(list))
	for i, e := range list {
		all[i] = x.say(e)
	}
	return all
}

func said(list []*declare.Expr) bool {
	return !slices.Contains(list, nil)
}

func called(name string, args []*declare.Expr) *declare.Expr {
	if !said(args) {
		return nil
	}
	return Call(name, args...)
}

func operation(text string, args ...*declare.Expr) *declare.Expr {
	if !said(args) {
		return nil
	}
	return sign(text, args...)
}

// column names the field of a column. One that has a table before it is that table's.
func (x expresser) column(e *ddl.Expr) *declare.Expr {
	name := e.Names[len(e.Names)-1]
	switch {
	case x.value != nil && len(e.Names) == 1 && strings.EqualFold(name, "value"):
		return Word("value")
	case x.table == nil || len(e.Names) > 2 || len(e.Names) == 2 && e.Names[0] != x.table.name.Name:
		return nil
	}
	field, ok := x.table.Field(name)
	if !ok {
		return nil
	}
	if !plain().MatchString(field) || field == "true" || field == "false" || field == "null" {
		return Call("field", Text(field))
	}
	return Word(field)
}

// keyword is a value like current_date; beside a field of its name it is a call.
func (x expresser) keyword(word string) *declare.Expr {
	if x.table != nil && x.table.hasField(word) {
		return Call(word)
	}
	return Word(word)
}
