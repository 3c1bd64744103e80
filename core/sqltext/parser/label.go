package parser

import (
	"cmp"
	"strings"
)

// A label is the name that PostgreSQL gives an output column that has none.
type label struct {
	name  string
	named Name // the name of an object that it is taken from, or zero
	weak  bool // a better one is taken if there is one
}

// fixed returns the name of expressions that are always called the same, or "".
func fixed(class string) string {
	switch class {
	case "A_ArrayExpr":
		return "array"
	case "RowExpr":
		return "row"
	case "CoalesceExpr":
		return "coalesce"
	case "GroupingFunc":
		return "grouping"
	case "MergeSupportFunc":
		return "merge_action"
	case "XmlSerialize":
		return "xmlserialize"
	case "JsonParseExpr":
		return "json"
	case "JsonScalarExpr":
		return "json_scalar"
	case "JsonSerializeExpr":
		return "json_serialize"
	case "JsonObjectConstructor":
		return "json_object"
	case "JsonArrayConstructor", "JsonArrayQueryConstructor":
		return "json_array"
	case "JsonObjectAgg":
		return "json_objectagg"
	case "JsonArrayAgg":
		return "json_arrayagg"
	}
	return ""
}

// variant returns the name of expressions that are called by what they do: the
// last part of libpg_query's word for that.
func variant(op string) string {
	for _, kind := range []string{"AEXPR_NULLIF", "IS_", "SVFOP_", "JSON_"} {
		rest, ok := strings.CutPrefix(op, kind)
		switch {
		case !ok:
		case kind == "AEXPR_NULLIF":
			return "nullif"
		case kind == "JSON_":
			return "json_" + strings.ToLower(strings.TrimSuffix(rest, "_OP"))
		case rest != "DOCUMENT":
			return strings.ToLower(strings.TrimSuffix(rest, "_N"))
		}
	}
	return ""
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
	return label{name: cmp.Or(fixed(class), variant(n.text("kind")+n.text("op")))}
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
