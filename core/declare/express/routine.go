package express

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	kinds "github.com/whimbreldb/whimbrel/core/model"
)

// arguments returns those of a function: { name = type }, or a list if one has no name.
func (s *scope) arguments(arguments []kinds.Argument) *declare.Expr {
	if slices.ContainsFunc(arguments, func(a kinds.Argument) bool { return a.Name == "" }) {
		return s.unnamed(arguments)
	}
	var keys, values []*declare.Expr
	for _, a := range arguments {
		keys, values = append(keys, named(a.Name)), append(values, s.argument(a))
	}
	return object(keys, values)
}

// unnamed returns arguments of which some have no name: [type, { type = ..., name = ... }].
func (s *scope) unnamed(arguments []kinds.Argument) *declare.Expr {
	all := make([]*declare.Expr, len(arguments))
	for i, a := range arguments {
		all[i] = s.argument(a)
		if a.Name == "" {
			continue
		}
		if all[i].Kind != declare.Object {
			all[i] = object([]*declare.Expr{word("type")}, []*declare.Expr{all[i]})
		}
		all[i].Keys, all[i].Args = append(all[i].Keys, word("name")), append(all[i].Args, quoted(a.Name))
	}
	return list(all...)
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
