package ddl

import "strings"

// A CreateRoutine is CREATE FUNCTION or CREATE PROCEDURE.
type CreateRoutine struct {
	Name      Name
	Place     Span
	Procedure bool
	Arguments []Argument
	Returns   *Type
	Table     []Argument // of RETURNS TABLE
	Language  string
	Body      string
	BodySpan  Span
	Symbol    string // what a body in C calls the function in the library
	Atomic    bool   // the body is SQL, and no string
	Options   []Option
	Settings  []Setting
}

// An Argument is an argument of a routine.
type Argument struct {
	Name    string
	Mode    string // in, out, inout, variadic
	Type    Type
	Default *Expr
}

// A Setting is SET name TO value, of a function.
type Setting struct{ Name, Value string }

var modes = map[string]string{
	"FUNC_PARAM_IN": "in", "FUNC_PARAM_OUT": "out", "FUNC_PARAM_INOUT": "inout", "FUNC_PARAM_VARIADIC": "variadic", "FUNC_PARAM_DEFAULT": "in",
	"FUNC_PARAM_TABLE": "table",
}

func (r *reader) createRoutine(n node) Definition {
	f := CreateRoutine{Name: nameOf(n.strings("funcname")), Procedure: n.flag("is_procedure")}
	begin := r.find(0, "function", "procedure") + 1
	open := r.find(begin, "(")
	_, f.Place = r.cut(begin, open)
	for _, a := range r.arguments(n.list("parameters"), open+1) {
		if a.Mode == "table" {
			f.Table = append(f.Table, a)
		} else {
			f.Arguments = append(f.Arguments, a)
		}
	}
	if n["returnType"] != nil {
		t := r.typ(n.of("returnType"))
		f.Returns = &t
	}
	r.routineOptions(&f, n.list("options"))
	if n["sql_body"] != nil {
		i := r.find(r.behind(open), "return", "begin")
		f.Atomic = true
		f.Body, f.BodySpan = r.cut(i, len(r.tokens))
		if f.Language == "" {
			f.Language = "sql"
		}
	}
	return f
}

// arguments reads arguments that begin at a token.
func (r *reader) arguments(list []any, begin int) []Argument {
	var all []Argument
	for _, v := range list {
		_, n := open(v)
		a := Argument{Name: n.text("name"), Mode: modes[n.text("mode")], Type: r.typ(n.of("argType"))}
		end := r.until(begin, ",")
		if n["defexpr"] != nil {
			at := r.find(begin, "default", "=")
			a.Default = r.expr(n["defexpr"], at+1, end)
		}
		all, begin = append(all, a), end+1
	}
	return all
}

func (r *reader) routineOptions(f *CreateRoutine, list []any) {
	for _, v := range list {
		_, n := open(v)
		class, value := open(n["arg"])
		switch name := n.text("defname"); {
		case name == "language":
			f.Language = value.text("sval")
		case name == "as":
			parts := texts(value.list("items"))
			f.Body, f.BodySpan = parts[0], r.token(r.bodyAt(n.number("location")))
			if len(parts) > 1 {
				f.Symbol = parts[1]
			}
		case name == "set" && class == "VariableSetStmt" && value.text("kind") == "VAR_SET_VALUE":
			f.Settings = append(f.Settings, r.setting(value))
		default:
			f.Options = append(f.Options, r.option(n))
		}
	}
}

// bodyAt returns the offset of the string behind AS.
func (r *reader) bodyAt(as int) int {
	if i := r.index(as) + 1; i < len(r.tokens) {
		return r.tokens[i].Offset
	}
	return as
}

func (r *reader) setting(n node) Setting {
	var values []string
	for _, v := range n.list("args") {
		class, inner := open(v)
		if class == "TypeCast" {
			class, inner = open(inner["arg"])
		}
		if class == "A_Const" {
			text, _ := constant(inner)
			values = append(values, text)
		}
	}
	return Setting{Name: n.text("name"), Value: strings.Join(values, ", ")}
}

// A CreateAggregate is CREATE AGGREGATE.
type CreateAggregate struct {
	Name      Name
	Place     Span
	Arguments []Argument
	Direct    int // how many come before ORDER BY, -1 without one
	Options   []Option
}

func (r *reader) define(n node) Definition {
	if n.text("kind") != "OBJECT_AGGREGATE" || n.flag("oldstyle") {
		return r.defined(n)
	}
	a := CreateAggregate{Name: nameOf(n.strings("defnames")), Place: r.third(), Direct: -1, Options: r.options(n.list("definition"))}
	args := n.list("args")
	if len(args) == 2 {
		a.Arguments = r.arguments(items(args[0]), r.find(0, "(")+1)
		if _, count := open(args[1]); count != nil {
			a.Direct = count.number("ival")
		}
	}
	return a
}
