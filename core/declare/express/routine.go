package express

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// arguments returns those of a function: { name = type }.
func (s *scope) arguments(arguments []kinds.Argument) *declare.Expr {
	var keys, values []*declare.Expr
	for _, a := range arguments {
		if a.Name == "" {
			return s.fail("an argument has no name")
		}
		keys, values = append(keys, named(a.Name)), append(values, s.argument(a))
	}
	return object(keys, values)
}

// argument returns the type of an argument, or an object with what else it has.
func (s *scope) argument(a kinds.Argument) *declare.Expr {
	t := s.routineType(a.Type)
	if a.Mode == "" && a.Default == nil {
		return t
	}
	keys, values := []*declare.Expr{word("type")}, []*declare.Expr{t}
	if a.Mode != "" {
		keys, values = append(keys, word("mode")), append(values, word(a.Mode))
	}
	if a.Default != nil {
		keys, values = append(keys, word("default")), append(values, s.expr(*a.Default))
	}
	return object(keys, values)
}

// result returns what a function returns: type, setof(type) or table({ ... }).
func (s *scope) result(r kinds.Result) *declare.Expr {
	switch {
	case r.Set:
		return call("setof", s.routineType(r.Type))
	case len(r.Table) > 0:
		return call("table", s.arguments(r.Table))
	}
	return s.routineType(r.Type)
}

// routineType returns a type, a pseudo-type, or the row type of a model or a view.
func (s *scope) routineType(t kinds.Type) *declare.Expr {
	switch {
	case t.Of == nil && t.Dimensions == 0 && resolve.IsPseudoType(t.SQL):
		return word(t.SQL)
	case t.Of == nil || t.Of.Kind() != kinds.ModelKind:
		return s.typ(t)
	case t.Dimensions > 0 || !isPlain(t.Of.Name()):
		return s.fail("it has the row type of %s, which cannot be named here", t.Of)
	}
	return s.modelName(t.Of.Address)
}
