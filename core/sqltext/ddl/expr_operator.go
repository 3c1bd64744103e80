package ddl

import (
	"strings"
)

func (r *reader) operation(n node) *Expr {
	names := n.strings("name")
	if len(names) == 0 || len(names) == 2 && names[0] != "pg_catalog" {
		return &Expr{}
	}
	sign := names[len(names)-1]
	left, right := r.side(n["lexpr"]), r.side(n["rexpr"])
	switch n.text("kind") {
	case "AEXPR_OP", "AEXPR_LIKE", "AEXPR_ILIKE":
		return signed(sign, append(left, right...))
	case "AEXPR_NULLIF":
		return &Expr{Kind: Call, Names: []string{"nullif"}, Args: append(left, right...)}
	case "AEXPR_IN":
		return negated(sign == "<>", &Expr{Kind: In, Args: append(left, r.parts(items(n["rexpr"]))...)})
	case "AEXPR_OP_ANY", "AEXPR_OP_ALL":
		return member(n.text("kind") == "AEXPR_OP_ALL", sign, left[0], right[0])
	case "AEXPR_BETWEEN", "AEXPR_NOT_BETWEEN":
		return negated(n.text("kind") == "AEXPR_NOT_BETWEEN", &Expr{Kind: Between, Args: append(left, r.parts(items(n["rexpr"]))...)})
	}
	return &Expr{}
}

func (r *reader) side(v any) []*Expr {
	if v == nil {
		return nil
	}
	return []*Expr{r.part(v)}
}

func signed(sign string, args []*Expr) *Expr {
	if (sign == "!~~" || sign == "!~~*") && len(args) == 2 {
		return negated(true, &Expr{Kind: Operator, Text: sign[1:], Args: args})
	}
	if sign == "-" && len(args) == 1 && args[0].Kind == Number && !strings.HasPrefix(args[0].Text, "-") {
		return &Expr{Kind: Number, Text: "-" + args[0].Text}
	}
	return &Expr{Kind: Operator, Text: sign, Args: args}
}

func negated(not bool, e *Expr) *Expr {
	if !not {
		return e
	}
	return &Expr{Kind: Operator, Text: "NOT", Args: []*Expr{e}}
}

// member reads x = ANY (ARRAY[...]), as which PostgreSQL keeps IN.
func member(all bool, sign string, value, list *Expr) *Expr {
	for list.Kind == Cast && list.Type.Dimensions > 0 {
		list = list.Args[0]
	}
	if list.Kind != Array || len(list.Args) == 0 || sign != map[bool]string{false: "=", true: "<>"}[all] {
		return &Expr{}
	}
	return negated(all, &Expr{Kind: In, Args: append([]*Expr{value}, list.Args...)})
}

// joined reads AND, OR and NOT. Three operands are two and one.
func (r *reader) joined(n node) *Expr {
	args := r.parts(n.list("args"))
	word := strings.TrimSuffix(n.text("boolop"), "_EXPR")
	if word == "NOT" {
		return negated(true, args[0])
	}
	e := args[0]
	for _, next := range args[1:] {
		e = &Expr{Kind: Operator, Text: word, Args: []*Expr{e, next}}
	}
	return e
}
