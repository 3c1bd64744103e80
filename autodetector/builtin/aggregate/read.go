package aggregate

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/routine"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// readSQL reads CREATE AGGREGATE.
func readSQL(w *sql.Work, s sql.Statement) bool {
	d, ok := s.What.(ddl.CreateAggregate)
	if !ok {
		return false
	}
	types := make([]ddl.Type, len(d.Arguments))
	for i, a := range d.Arguments {
		types[i] = a.Type
	}
	b := w.Routine(s, kindName, d.Name, d.Place, types)
	direct, ordered := d.Arguments, []ddl.Argument(nil)
	if d.Direct >= 0 {
		direct, ordered = d.Arguments[:d.Direct], d.Arguments[d.Direct:]
	}
	b.Set("args", routine.ReadArguments(w, s, direct))
	b.Set("order_by", routine.ReadArguments(w, s, ordered))
	var undeclared []string
	var names []*declare.Expr
	for _, o := range d.Options {
		if slices.Contains(functionNames, o.Name) && !w.Calls(s, b, o.Name, o.Names, passed(w, s, d, o.Name)) {
			undeclared, names = append(undeclared, o.Name), append(names, sql.Text(w.Written(s, o.Names)))
		} else if !slices.Contains(functionNames, o.Name) {
			option(w, s, b, o)
		}
	}
	if len(undeclared) > 0 {
		b.Set("undeclared", sql.Object(undeclared, names))
	}
	return true
}

// passed returns the types of what an aggregate passes to one of its functions.
func passed(w *sql.Work, s sql.Statement, d ddl.CreateAggregate, argument string) []string {
	state := "stype"
	if argument[0] == 'm' {
		state, argument = "mstype", argument[1:]
	}
	var types []ddl.Type
	for _, o := range d.Options {
		if o.Name == state && o.Type != nil {
			types = append(types, *o.Type)
		}
	}
	switch argument {
	case "sfunc", "invfunc":
		for _, a := range d.Arguments {
			types = append(types, a.Type)
		}
	case combineFunc:
		types = append(types, types...)
	case serialFunc:
		types = []ddl.Type{{Name: "internal"}}
	case deserialFunc:
		types = []ddl.Type{{Name: "bytea"}, {Name: "internal"}}
	}
	return w.Signature(s, types)
}

func option(w *sql.Work, s sql.Statement, b *sql.Block, o ddl.Option) {
	switch o.Name {
	case "stype", "mstype":
		b.Set(o.Name, w.Type(s, *o.Type))
	case "sspace", "msspace":
		if o.Value != "0" {
			b.Set(o.Name, sql.Number(o.Value))
		}
	case "finalfunc_extra", "mfinalfunc_extra", "hypothetical":
		b.SetTrue(o.Name, o.Value == "" || o.Value == "true")
	case "finalfunc_modify", "mfinalfunc_modify":
		b.SetWord(o.Name, strings.ToLower(o.Value))
	case "initcond", "minitcond":
		b.Set(o.Name, sql.Text(o.Value))
	case "parallel":
		if value := strings.ToLower(o.Value); value != "unsafe" {
			b.SetWord(o.Name, value)
		}
	case "sortop":
		b.SetText(o.Name, w.Written(s, o.Names))
	default:
		w.NoWord(s, o.Span, "an aggregate has no "+o.Name)
	}
}
