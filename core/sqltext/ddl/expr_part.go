package ddl

func (r *reader) parts(list []any) []*Expr {
	all := make([]*Expr, len(list))
	for i, v := range list {
		all[i] = r.part(v)
	}
	return all
}

func (r *reader) part(v any) *Expr {
	class, n := open(v)
	switch class {
	case "A_Const":
		return literal(n)
	case "ColumnRef":
		return &Expr{Kind: Column, Names: n.strings("fields")}
	case "FuncCall":
		return r.call(n)
	case "TypeCast":
		t := r.typ(n.of("typeName"))
		return &Expr{Kind: Cast, Type: &t, Args: []*Expr{r.part(n["arg"])}}
	case "A_Expr":
		return r.operation(n)
	case "BoolExpr":
		return r.joined(n)
	case "NullTest":
		kind := IsNull
		if n.text("nulltesttype") == "IS_NOT_NULL" {
			kind = NotNull
		}
		return &Expr{Kind: kind, Args: []*Expr{r.part(n["arg"])}}
	case "SQLValueFunction":
		return keyword(n)
	case "CoalesceExpr":
		return &Expr{Kind: Coalesce, Args: r.parts(n.list("args"))}
	case "A_ArrayExpr":
		return &Expr{Kind: Array, Args: r.parts(n.list("elements"))}
	case "CaseExpr":
		return r.choice(n)
	}
	return &Expr{}
}

func (r *reader) call(n node) *Expr {
	for _, field := range []string{"agg_order", "agg_filter", "agg_distinct", "agg_within_group", "func_variadic", "over", "agg_star"} {
		if n[field] != nil {
			return &Expr{}
		}
	}
	if format := n.text("funcformat"); format == "COERCE_SQL_SYNTAX" {
		return &Expr{}
	}
	for _, v := range n.list("args") {
		if class, _ := open(v); class == "NamedArgExpr" {
			return &Expr{}
		}
	}
	return &Expr{Kind: Call, Names: n.strings("funcname"), Args: r.parts(n.list("args"))}
}

// keywords are values that SQL writes without parentheses.
var keywords = map[string]string{
	"SVFOP_CURRENT_DATE": "current_date", "SVFOP_CURRENT_TIME": "current_time", "SVFOP_CURRENT_TIMESTAMP": "current_timestamp",
	"SVFOP_LOCALTIME": "localtime", "SVFOP_LOCALTIMESTAMP": "localtimestamp", "SVFOP_CURRENT_USER": "current_user",
	"SVFOP_SESSION_USER": "session_user", "SVFOP_CURRENT_ROLE": "current_role", "SVFOP_CURRENT_CATALOG": "current_catalog",
	"SVFOP_CURRENT_SCHEMA": "current_schema",
}

func keyword(n node) *Expr {
	if word := keywords[n.text("op")]; word != "" {
		return &Expr{Kind: Keyword, Text: word}
	}
	return &Expr{}
}

func (r *reader) choice(n node) *Expr {
	if n["arg"] != nil {
		return &Expr{}
	}
	e := &Expr{Kind: Case}
	for _, v := range n.list("args") {
		_, when := open(v)
		e.Args = append(e.Args, r.part(when["expr"]), r.part(when["result"]))
	}
	if n["defresult"] != nil {
		e.Args = append(e.Args, r.part(n["defresult"]))
	}
	return e
}
