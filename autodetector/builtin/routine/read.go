package routine

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// ReadSQL reads CREATE FUNCTION or CREATE PROCEDURE, whichever the word says.
func ReadSQL(w *sql.Work, s sql.Statement, word string, procedure bool) bool {
	d, ok := s.What.(ddl.CreateRoutine)
	if !ok || d.Procedure != procedure {
		return false
	}
	if d.Symbol != "" {
		w.NoWord(s, d.BodySpan, "the body of a "+word+" is no name in a library")
		return true
	}
	b := w.Routine(s, word, d.Name, d.Place, inputs(d.Arguments))
	b.Set("args", ReadArguments(w, s, d.Arguments))
	if !procedure {
		b.Set("returns", returns(w, s, d))
	}
	if d.Language != "sql" {
		b.SetWord("language", d.Language)
	}
	b.Set("body", sql.Text(d.Body))
	settings(b, d)
	for _, o := range d.Options {
		option(w, s, b, o)
	}
	return true
}

// inputs are the types that tell routines of one name apart.
func inputs(args []ddl.Argument) []ddl.Type {
	var types []ddl.Type
	for _, a := range args {
		if a.Mode != "out" {
			types = append(types, a.Type)
		}
	}
	return types
}

// ReadArguments says arguments with their types, nil for none.
func ReadArguments(w *sql.Work, s sql.Statement, args []ddl.Argument) *declare.Expr {
	if len(args) == 0 {
		return nil
	}
	if slices.ContainsFunc(args, func(a ddl.Argument) bool { return a.Name == "" }) {
		return unnamed(w, s, args)
	}
	var names []string
	var values []*declare.Expr
	for _, a := range args {
		names, values = append(names, a.Name), append(values, argument(w, s, a, false))
	}
	return sql.Object(names, values)
}

// unnamed says arguments of which some have no name.
func unnamed(w *sql.Work, s sql.Statement, args []ddl.Argument) *declare.Expr {
	all := make([]*declare.Expr, len(args))
	for i, a := range args {
		all[i] = argument(w, s, a, true)
	}
	return sql.List(all...)
}

// argument says the type of an argument, and in a list its name.
func argument(w *sql.Work, s sql.Statement, a ddl.Argument, inList bool) *declare.Expr {
	t := w.Type(s, a.Type)
	inList = inList && a.Name != ""
	if !inList && (a.Mode == "table" || a.Mode == "in" && a.Default == nil) {
		return t
	}
	names, values := []string{"type"}, []*declare.Expr{t}
	if a.Mode != "in" {
		names, values = append(names, "mode"), append(values, sql.Word(a.Mode))
	}
	if a.Default != nil {
		value := w.Default(s, a.Type, a.Default)
		if value == nil {
			value = &declare.Expr{Kind: declare.Null}
		}
		names, values = append(names, "default"), append(values, value)
	}
	if inList {
		names, values = append(names, "name"), append(values, sql.Text(a.Name))
	}
	return sql.Object(names, values)
}

// returns says what a function returns. Arguments that go out say it too.
func returns(w *sql.Work, s sql.Statement, d ddl.CreateRoutine) *declare.Expr {
	var out []ddl.Argument
	for _, a := range d.Arguments {
		if a.Mode == "out" || a.Mode == "inout" {
			out = append(out, a)
		}
	}
	switch {
	case len(d.Table) > 0:
		return sql.Call("table", ReadArguments(w, s, d.Table))
	case d.Returns != nil && d.Returns.Setof:
		return sql.Call("setof", w.Type(s, *d.Returns))
	case d.Returns != nil:
		return w.Type(s, *d.Returns)
	case len(out) == 1:
		return w.Type(s, out[0].Type)
	}
	return sql.Word("record")
}

func settings(b *sql.Block, d ddl.CreateRoutine) {
	if len(d.Settings) == 0 {
		return
	}
	var names []string
	var values []*declare.Expr
	for _, one := range d.Settings {
		names, values = append(names, one.Name), append(values, sql.Text(one.Value))
	}
	b.Set("set", sql.Object(names, values))
}

// usual are the values of options that are PostgreSQL's without being written.
var usual = map[string]string{"volatility": "volatile", "parallel": "unsafe"}

func option(w *sql.Work, s sql.Statement, b *sql.Block, o ddl.Option) {
	switch o.Name {
	case "volatility", "parallel":
		if o.Value != usual[o.Name] {
			b.SetWord(o.Name, o.Value)
		}
	case "strict", "leakproof":
		b.SetTrue(o.Name, o.Value == "true")
	case "security":
		if o.Value == "true" {
			b.SetWord(o.Name, "definer")
		}
	case "cost", "rows":
		b.Set(o.Name, sql.Number(o.Value))
	default:
		w.NoWord(s, o.Span, "a function has no "+o.Name)
	}
}
