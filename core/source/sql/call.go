package sql

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

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
