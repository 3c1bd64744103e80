package resolve

import (
	"fmt"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// arguments reads { name = type, other = { type = ..., mode = ..., default = ... } }, or
// a list, in which an argument has a name only if one is written.
func (r *optionReader) arguments(a detect.Attr, attr *declare.Attr) (any, bool) {
	list, ok := r.argumentList(a, strip(attr.Value), attr.Name.Text)
	return list, ok
}

func (r *optionReader) argumentList(a detect.Attr, e *declare.Expr, what string) ([]kinds.Argument, bool) {
	l, f := r.b.l, r.option.file
	if e.Kind == declare.List {
		return r.unnamedArguments(a, e)
	}
	if e.Kind != declare.Object {
		l.report(declare.Place{Document: f, Span: e.Span}, codeValue, fmt.Sprintf("argument %q has to be names with types", what), "",
			"write "+what+" = { name = text }")
		return nil, false
	}
	list, fine := make([]kinds.Argument, 0, len(e.Keys)), true
	for i, key := range e.Keys {
		arg, ok := r.argument(a, strip(key), strip(e.Args[i]))
		if slices.ContainsFunc(list, func(other kinds.Argument) bool { return other.Name == arg.Name }) {
			l.report(declare.Place{Document: f, Span: key.Span}, codeRepeated, fmt.Sprintf("%q stands twice", arg.Name), "", "give one of the two another name")
			ok = false
		}
		list, fine = append(list, arg), fine && ok
	}
	return list, fine
}

// unnamedArguments reads [type, { type = ..., mode = ..., name = ... }].
func (r *optionReader) unnamedArguments(a detect.Attr, e *declare.Expr) ([]kinds.Argument, bool) {
	list, fine := make([]kinds.Argument, 0, len(e.Args)), true
	for _, element := range e.Args {
		arg, ok := r.argumentOf(a, kinds.Argument{}, strip(element))
		if arg.Name != "" && slices.ContainsFunc(list, func(other kinds.Argument) bool { return other.Name == arg.Name }) {
			r.b.l.report(declare.Place{Document: r.option.file, Span: element.Span}, codeRepeated, fmt.Sprintf("%q stands twice", arg.Name), "", "give one of the two another name")
			ok = false
		}
		list, fine = append(list, arg), fine && ok
	}
	return list, fine
}

// modes are those of arguments besides in.
var modes = []string{"in", "out", "inout", "variadic"}

func (r *optionReader) argument(a detect.Attr, key, value *declare.Expr) (kinds.Argument, bool) {
	arg := kinds.Argument{Name: keyName(key)}
	if arg.Name == "" {
		r.b.l.report(declare.Place{Document: r.option.file, Span: key.Span}, codeValue, "this is no name of an argument", "", "write name = text, or a list of types: [text]")
		return arg, false
	}
	return r.argumentOf(a, arg, value)
}

// argumentOf reads what an argument is: a type, or an object with more.
func (r *optionReader) argumentOf(a detect.Attr, arg kinds.Argument, value *declare.Expr) (kinds.Argument, bool) {
	if value.Kind != declare.Object {
		t, ok := r.routineType(a, value)
		arg.Type = t
		return arg, ok
	}
	return r.longArgument(a, arg, value)
}

// longArgument reads { type = ..., mode = ..., default = ... }.
func (r *optionReader) longArgument(a detect.Attr, arg kinds.Argument, value *declare.Expr) (kinds.Argument, bool) {
	fine, typed := true, false
	for i, key := range value.Keys {
		e := strip(value.Args[i])
		ok := true
		switch keyName(strip(key)) {
		case "type":
			typed = true
			arg.Type, ok = r.routineType(a, e)
		case "mode":
			arg.Mode, ok = r.mode(e)
		case "name":
			arg.Name, ok = r.argumentName(arg, e)
		case "default":
			s := &scope{
				l: r.b.l, file: r.option.file, app: r.option.app, uses: r.uses, kept: true,
				what: fmt.Sprintf("the default of argument %q", arg.Name), noFields: "A default cannot name fields.", part: r.partOf(),
			}
			n, read := s.translate(e)
			arg.Default, ok = &n, read
		default:
			r.b.l.report(declare.Place{Document: r.option.file, Span: key.Span}, codeUnknownArgument, "an argument of a function has type, mode and default, and a name in a list", "", "take it out")
			ok = false
		}
		fine = fine && ok
	}
	if !typed {
		r.b.l.report(declare.Place{Document: r.option.file, Span: value.Span}, codeMissing, fmt.Sprintf("argument %q has no type", arg.Name), "", "write type = text")
	}
	return arg, fine && typed
}

// argumentName reads the name of an argument in a list.
func (r *optionReader) argumentName(arg kinds.Argument, e *declare.Expr) (string, bool) {
	name := keyName(e)
	if name == "" || arg.Name != "" {
		r.b.l.report(declare.Place{Document: r.option.file, Span: e.Span}, codeValue, "this is no name of an argument", "", `write name = "NAME", in a list`)
		return arg.Name, false
	}
	return name, true
}

// partOf returns the object of a block that stands by itself.
func (r *optionReader) partOf() address.Address {
	if r.top == nil {
		return address.Address{}
	}
	return r.top.addr
}

func (r *optionReader) mode(e *declare.Expr) (string, bool) {
	name := word(e)
	if !slices.Contains(modes, name) {
		r.b.l.report(declare.Place{Document: r.option.file, Span: e.Span}, codeValue, "the mode of an argument is "+oneOf(modes)+didYouMean(name, modes), "", "write mode = out")
		return "", false
	}
	if name == modes[0] {
		return "", true // the usual one
	}
	return name, true
}

// result reads what a function returns: a type, setof(type) or table({...}).
func (r *optionReader) result(a detect.Attr, attr *declare.Attr) (any, bool) {
	e := strip(attr.Value)
	if e.Kind == declare.Call && len(e.Args) == 1 {
		switch e.Text {
		case "setof":
			t, ok := r.routineType(a, strip(e.Args[0]))
			return kinds.Result{Set: true, Type: t}, ok
		case "table":
			list, ok := r.argumentList(a, strip(e.Args[0]), "table")
			return kinds.Result{Table: list}, ok
		}
	}
	t, ok := r.routineType(a, e)
	return kinds.Result{Type: t}, ok
}

// routineType reads a type of an argument or a result, which can be a pseudo-type
// or the row type of a model or a view.
func (r *optionReader) routineType(a detect.Attr, e *declare.Expr) (kinds.Type, bool) {
	if name := word(e); name != "" {
		if pseudo(name) && r.option.app.types[name] == nil {
			return kinds.Type{SQL: name}, true
		}
	}
	if row := r.b.l.rowType(r.option.app, e); row != nil {
		ref := address.RefTo(row.addr)
		r.uses.ref(row.addr, aspects(a))
		return kinds.Type{Of: &ref}, true
	}
	t, ok := typeReader{r.b.l, r.option.file, r.option.app}.read(e)
	if !ok {
		return kinds.Type{}, false
	}
	r.uses.ofType(t, aspects(a))
	return t.Type, true
}
