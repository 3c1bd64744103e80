package parser

// A label is the name that PostgreSQL gives an output column that has none.
type label struct {
	name  string
	named Name // the name of an object that it is taken from, or zero
	weak  bool // a better one is taken if there is one
}

// labels are those of expressions that are always called the same.
var labels = map[string]string{
	"A_ArrayExpr": "array", "RowExpr": "row", "CoalesceExpr": "coalesce", "GroupingFunc": "grouping", "MergeSupportFunc": "merge_action",
	"XmlSerialize": "xmlserialize", "JsonParseExpr": "json", "JsonScalarExpr": "json_scalar", "JsonSerializeExpr": "json_serialize",
	"JsonObjectConstructor": "json_object", "JsonArrayConstructor": "json_array", "JsonArrayQueryConstructor": "json_array",
	"JsonObjectAgg": "json_objectagg", "JsonArrayAgg": "json_arrayagg",
}

// variants are those of expressions that are called by what they do.
var variants = map[string]string{
	"IS_GREATEST": "greatest", "IS_LEAST": "least", "AEXPR_NULLIF": "nullif",
	"IS_XMLCONCAT": "xmlconcat", "IS_XMLELEMENT": "xmlelement", "IS_XMLFOREST": "xmlforest", "IS_XMLPARSE": "xmlparse", "IS_XMLPI": "xmlpi", "IS_XMLROOT": "xmlroot",
	"JSON_EXISTS_OP": "json_exists", "JSON_QUERY_OP": "json_query", "JSON_VALUE_OP": "json_value",
	"SVFOP_CURRENT_DATE": "current_date", "SVFOP_CURRENT_TIME": "current_time", "SVFOP_CURRENT_TIME_N": "current_time",
	"SVFOP_CURRENT_TIMESTAMP": "current_timestamp", "SVFOP_CURRENT_TIMESTAMP_N": "current_timestamp",
	"SVFOP_LOCALTIME": "localtime", "SVFOP_LOCALTIME_N": "localtime", "SVFOP_LOCALTIMESTAMP": "localtimestamp", "SVFOP_LOCALTIMESTAMP_N": "localtimestamp",
	"SVFOP_CURRENT_ROLE": "current_role", "SVFOP_CURRENT_USER": "current_user", "SVFOP_USER": "user", "SVFOP_SESSION_USER": "session_user",
	"SVFOP_CURRENT_CATALOG": "current_catalog", "SVFOP_CURRENT_SCHEMA": "current_schema",
}

// label returns what PostgreSQL's FigureColname does, "" where it finds nothing.
func (r *resolver) label(v any) label {
	class, n := unwrap(v)
	switch class {
	case "ColumnRef":
		return r.lastOf(n.at(), names(n.list("fields")))
	case "A_Indirection":
		if name, place, ok := r.lastField(n); name != "" {
			return label{name: name, named: r.nameAt(place, ok)}
		}
		return r.label(n["arg"])
	case "FuncCall":
		return r.lastOf(n.at(), names(n.list("funcname")))
	case "CollateClause":
		return r.label(n["arg"])
	case "TypeCast":
		return r.labelOr(n["arg"], r.lastOf(n.of("typeName").at(), names(n.of("typeName").list("names"))))
	case "CaseExpr":
		return r.labelOr(n["defresult"], label{name: "case"})
	case "SubLink":
		return r.labelOfSubquery(n)
	}
	if name := labels[class]; name != "" {
		return label{name: name}
	}
	return label{name: variants[n.text("kind")+n.text("op")]}
}

// labelOr returns the label of an expression, or a weaker one.
func (r *resolver) labelOr(v any, other label) label {
	if l := r.label(v); l.name != "" && !l.weak {
		return l
	}
	other.weak = true
	return other
}

func (r *resolver) labelOfSubquery(n node) label {
	switch n.text("subLinkType") {
	case "EXISTS_SUBLINK":
		return label{name: "exists"}
	case "ARRAY_SUBLINK":
		return label{name: "array"}
	case "EXPR_SUBLINK":
		if out := r.outputs[n.at()]; len(out.columns) > 0 {
			c := out.columns[0]
			return label{name: c.name, named: Name{Object: c.named, Role: c.role}}
		}
	}
	return label{}
}

// lastOf returns the last of some names that stand at an offset. A * is none.
func (r *resolver) lastOf(at int, parts []string) label {
	for len(parts) > 0 && parts[len(parts)-1] == star {
		parts = parts[:len(parts)-1]
	}
	if len(parts) == 0 {
		return label{}
	}
	place, _, ok := r.place(at, parts...)
	return label{name: parts[len(parts)-1], named: r.nameAt(place, ok)}
}

// nameAt returns the name of an object that stands at a place.
func (r *resolver) nameAt(place span, ok bool) Name {
	if !ok {
		return Name{}
	}
	return r.named[place.begin]
}
