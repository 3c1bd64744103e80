package sql

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// Expression returns an expression over the columns of a table, or over nothing, in
// the model language where it has all of it, and else as sql("...").
func (w *Work) Expression(s Statement, t *Table, e *ddl.Expr) *declare.Expr {
	x := expresser{work: w, statement: s, table: t, app: w.appOf(s.file)}
	if t != nil {
		x.app = t.app
	}
	return x.whole(e)
}

// Condition returns the check of a domain, whose values are called value.
func (w *Work) Condition(s Statement, t ddl.Type, e *ddl.Expr) *declare.Expr {
	x := expresser{work: w, statement: s, app: w.appOf(s.file), value: &t}
	return w.inTheEnd(func() *declare.Expr { return x.whole(e) })
}

// Default returns the default of a value of a type.
func (w *Work) Default(s Statement, t ddl.Type, e *ddl.Expr) *declare.Expr {
	if e.Kind == ddl.Null {
		return nil
	}
	return w.inTheEnd(func() *declare.Expr { return w.defaultOf(s, w.appOf(s.file), t, e) })
}

// inTheEnd returns an expression that is made when all statements have been read.
func (w *Work) inTheEnd(made func() *declare.Expr) *declare.Expr {
	e := &declare.Expr{}
	w.later = append(w.later, func() {
		at := e.Span
		if value := made(); value != nil {
			*e = *value
		} else {
			e.Kind = declare.Null
		}
		settle(e, at)
	})
	return e
}

func (w *Work) defaultOf(s Statement, app source.App, t ddl.Type, e *ddl.Expr) *declare.Expr {
	x := expresser{work: w, statement: s, app: app}
	value := e
	if e.Kind == ddl.Cast && isLiteral(e.Args[0]) && assigns(*e.Type, t) {
		value = unquoted(e.Args[0], *e.Type)
		value = &ddl.Expr{Kind: value.Kind, Text: value.Text, SQL: e.SQL, Span: e.Span}
	}
	if value.Kind == ddl.Null {
		return nil
	}
	if list := literals(value); list != nil {
		list.SQL, list.Span = e.SQL, e.Span
		value = list
	}
	return x.whole(value)
}

// assigns reports whether a literal of a type is the same value of another one.
func assigns(from, to ddl.Type) bool {
	return !isOwn(to) || !isOwn(from) || isText(from) || isNumber(from) && isNumber(to) || catalogName(from.Name) == catalogName(to.Name)
}

// An expresser says one expression.
type expresser struct {
	work      *Work
	statement Statement
	app       source.App
	table     *Table    // whose columns it names
	value     *ddl.Type // of the value that it is about
}

func (x expresser) whole(e *ddl.Expr) *declare.Expr {
	said := x.say(e)
	if said == nil {
		said = SQL(unwrapped(e.SQL))
	}
	if x.table == nil || x.statement.file.Name == x.table.statement.file.Name {
		settle(said, declare.Span{From: int32(e.Span.From), To: int32(e.Span.To)})
	}
	return said
}

// unwrapped takes off brackets around the whole of a text.
func unwrapped(text string) string {
	for {
		text = strings.TrimSpace(text)
		if !strings.HasPrefix(text, "(") || !ddl.Bracketed(text) {
			return text
		}
		text = text[1 : len(text)-1]
	}
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

// special are functions of the model language that mean something else than SQL's.
var special = []string{
	"in", "between", "like", "ilike", "is_null", "is_not_null", "cast", "concat", "sql", "field", "exists", "select", "outer", "filtered", "file",
}

// taking are functions that take the name of a sequence as text.
var taking = []string{"nextval", "currval", "setval"}

func (x expresser) call(e *ddl.Expr) *declare.Expr {
	name := ddl.Name{Name: e.Names[len(e.Names)-1]}
	if len(e.Names) > 1 {
		name.Schema = e.Names[len(e.Names)-2]
	}
	if slices.Contains(special, name.Name) || !plain().MatchString(name.Name) || name.Name != strings.ToLower(name.Name) {
		return nil
	}
	args := x.arguments(name, e.Args)
	if slices.Contains(taking, name.Name) && len(e.Args) > 0 {
		args[0] = x.sequenceName(e.Args[0])
	}
	if !said(args) {
		return nil
	}
	if name.Schema == "" || name.Schema == "pg_catalog" || name.Schema == x.app.Schema || name.Schema == publicSchema {
		return Call(name.Name, args...)
	}
	if !plain().MatchString(name.Schema) {
		return nil
	}
	return Call(name.Schema+"::"+name.Name, args...)
}

// arguments says those of a function. Of one that is declared once the types are known,
// so that literals need no casts.
func (x expresser) arguments(name ddl.Name, args []*ddl.Expr) []*declare.Expr {
	if name.Name == "nullif" || len(x.work.FindAll(x.statement, "function", name)) == 1 {
		return x.converted(args)
	}
	return x.all(args)
}

// sequenceName is the name in 'public.x_seq'::regclass.
func (x expresser) sequenceName(e *ddl.Expr) *declare.Expr {
	for e.Kind == ddl.Cast {
		e = e.Args[0]
	}
	if e.Kind != ddl.String {
		return nil
	}
	parts := ddl.Identifiers(e.Text)
	if len(parts) == 0 || len(parts) > 2 {
		return nil
	}
	name := x.work.Made(x.statement, nameOf(parts))
	if strings.Contains(name.Name, ".") || strings.Contains(name.Schema, ".") {
		return nil
	}
	return x.work.objectName(x.app, name)
}

// signs are the operators of SQL that the model language has.
var signs = map[string]string{
	"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "AND": "&&", "OR": "||", "NOT": "!", "+": "+", "-": "-", "*": "*", "/": "/", "%": "%",
}

var comparing = []string{"=", "<>", "<", "<=", ">", ">=", "~~", "~~*"}

func (x expresser) operator(e *ddl.Expr) *declare.Expr {
	switch {
	case e.Text == "||":
		return x.concat(e)
	case slices.Contains(comparing, e.Text) && len(e.Args) == 2:
		args := x.compared(e.Args)
		if form := map[string]string{"~~": "like", "~~*": "ilike"}[e.Text]; form != "" {
			return called(form, args)
		}
		for i, arg := range args {
			args[i] = bracketed(arg)
		}
		return operation(signs[e.Text], args...)
	case signs[e.Text] == "" || len(e.Args) == 1 && e.Text != "NOT" && e.Text != "-":
		return nil
	case len(e.Args) == 2 && slices.Contains([]string{"+", "-", "*", "/", "%"}, e.Text):
		return operation(signs[e.Text], x.computed(e.Args)...)
	}
	return operation(signs[e.Text], x.all(e.Args)...)
}

// bracketed puts a comparison that is compared with something into brackets.
func bracketed(e *declare.Expr) *declare.Expr {
	if e != nil && e.Kind == declare.Operator && len(e.Args) == 2 && slices.Contains(compared, e.Text) {
		return &declare.Expr{Kind: declare.Paren, Args: []*declare.Expr{e}}
	}
	return e
}

var compared = []string{"==", "!=", "<", "<=", ">", ">="}

// concat reads what the model language writes for concat(...): text, and what is
// made text where NULL is empty.
func (x expresser) concat(e *ddl.Expr) *declare.Expr {
	var args []*declare.Expr
	for _, part := range flat(e) {
		switch value := uncast(part); {
		case value.Kind == ddl.String:
			args = append(args, Text(value.Text))
		case part.Kind == ddl.Coalesce && len(part.Args) == 2 && uncast(part.Args[1]).Kind == ddl.String && uncast(part.Args[1]).Text == "":
			args = append(args, x.say(uncast(part.Args[0])))
		default:
			return nil
		}
	}
	return called("concat", args)
}

func flat(e *ddl.Expr) []*ddl.Expr {
	if e.Kind != ddl.Operator || e.Text != "||" || len(e.Args) != 2 {
		return []*ddl.Expr{e}
	}
	return append(flat(e.Args[0]), flat(e.Args[1])...)
}

// uncast takes off a cast to text.
func uncast(e *ddl.Expr) *ddl.Expr {
	if e.Kind == ddl.Cast && isText(*e.Type) && e.Type.Dimensions == 0 {
		return e.Args[0]
	}
	return e
}

// choice says CASE WHEN a THEN b ... ELSE z END.
func (x expresser) choice(args []*ddl.Expr) *declare.Expr {
	if len(args)%2 == 0 {
		return nil
	}
	if len(args) == 1 {
		return x.say(args[0])
	}
	parts := []*declare.Expr{x.say(args[0]), x.say(args[1]), x.choice(args[2:])}
	if !said(parts) {
		return nil
	}
	return &declare.Expr{Kind: declare.Conditional, Args: parts}
}
