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
	b := w.Block(s, kindName, kindName, d.Name, d.Place)
	direct, ordered := d.Arguments, []ddl.Argument(nil)
	if d.Direct >= 0 {
		direct, ordered = d.Arguments[:d.Direct], d.Arguments[d.Direct:]
	}
	b.Set("args", routine.ReadArguments(w, s, direct))
	b.Set("order_by", routine.ReadArguments(w, s, ordered))
	types := make([]ddl.Type, len(d.Arguments))
	for i, a := range d.Arguments {
		types[i] = a.Type
	}
	b.Arguments = w.Signature(s, types)
	var undeclared []string
	var names []*declare.Expr
	for _, o := range d.Options {
		if slices.Contains(functionNames, o.Name) && !w.Calls(s, b, o.Name, o.Names) {
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
