package parser

import "github.com/whimbreldb/whimbrel/core/pgtype"

// passed returns the types of what a call passes, each empty where it is not known; nil
// where not even their number is, because an array has them or some are in WITHIN GROUP.
func (r *resolver) passed(call node, env environment) []string {
	if call.flag("func_variadic") || call.flag("agg_within_group") {
		return nil
	}
	types := []string{}
	for _, v := range call.list("args") {
		types = append(types, r.typeOf(v, env))
	}
	return types
}

// typeOf returns the type of an expression; empty where that is not certain.
func (r *resolver) typeOf(v any, env environment) string {
	class, n := unwrap(v)
	switch class {
	case "TypeCast":
		return typeText(n.of("typeName"))
	case "A_Const":
		return typeOfConstant(n)
	case "FuncCall":
		return r.typeOfCall(n, env)
	case "ColumnRef":
		if c, ok := r.meant(n, env); ok {
			return c.typ
		}
		if parts := names(n.list("fields")); len(parts) == 1 {
			return r.variables.types[parts[0]]
		}
	}
	return ""
}

// typeOfCall returns the type of what PostgreSQL's own functions make of text.
func (r *resolver) typeOfCall(call node, env environment) string {
	schema, name := qualified(names(call.list("funcname")))
	args := call.list("args")
	result, known := pgtype.Result(name)
	if !known || schema != "" && schema != "pg_catalog" || len(args) == 0 {
		return ""
	}
	first := r.typeOf(args[0], env)
	if _, _, literal := constant(args[0]); !literal && pgtype.CategoryOf(pgtype.Base(first)) != pgtype.Text {
		return ""
	}
	return result
}

func typeOfConstant(n node) string {
	switch {
	case n.of("ival") != nil:
		return "integer"
	case n.of("boolval") != nil:
		return "boolean"
	}
	return ""
}
