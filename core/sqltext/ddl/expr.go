package ddl

import (
	"strconv"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A Kind says what an Expr is.
type Kind uint8

// The kinds of expressions, and what each keeps in Text, Names, Type and Args.
const (
	Unknown  Kind = iota // what has no kind here: only the whole text says it
	Column               // Names: of a.b.c
	Number               // Text: the digits
	String               // Text: the characters
	Bool                 // Text: true or false
	Null                 //
	Call                 // Names: of the function, Args
	Keyword              // Text: such as current_date
	Operator             // Text: of SQL, in capitals; Args: one or two
	IsNull               // Args: one
	NotNull              // Args: one
	Cast                 // Type, Args: one
	In                   // Args: what is looked for, then the values
	Between              // Args: three
	Case                 // Args: condition, then, condition, then, ..., else if there are an odd number
	Array                // Args: the elements
	Coalesce             // Args
)

// An Expr is an expression.
type Expr struct {
	Kind  Kind
	Text  string
	Names []string
	Type  *Type
	Args  []*Expr
	// SQL is the text of an expression that is part of no other one, and Span its place.
	SQL  string
	Span Span
}

// Known reports whether every part of the expression has a kind.
func (e *Expr) Known() bool {
	if e.Kind == Unknown {
		return false
	}
	for _, arg := range e.Args {
		if !arg.Known() {
			return false
		}
	}
	return true
}

// expr reads an expression whose text is between two tokens.
func (r *reader) expr(v any, from, to int) *Expr {
	e := r.part(v)
	e.SQL, e.Span = r.cut(from, to)
	return e
}

// inBrackets reads the expression in the brackets that begin at a token.
func (r *reader) inBrackets(v any, i int) *Expr {
	e := r.part(v)
	e.SQL, e.Span = r.inside(i)
	return e
}

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

func literal(n node) *Expr {
	if n.flag("isnull") {
		return &Expr{Kind: Null}
	}
	if _, ok := n["boolval"]; ok {
		return &Expr{Kind: Bool, Text: strconv.FormatBool(n.of("boolval").flag("boolval"))}
	}
	text, quoted := constant(n)
	if quoted {
		return &Expr{Kind: String, Text: text}
	}
	if text == "" {
		return &Expr{}
	}
	return &Expr{Kind: Number, Text: text}
}

// constant returns the text of a string or a number.
func constant(n node) (text string, quoted bool) {
	switch {
	case n["sval"] != nil:
		return n.of("sval").text("sval"), true
	case n["ival"] != nil:
		return strconv.Itoa(n.of("ival").number("ival")), false
	case n["fval"] != nil:
		return n.of("fval").text("fval"), false
	}
	return "", false
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

// Bracketed reports whether a text stands in one pair of brackets as a whole.
func Bracketed(text string) bool {
	r := newReader(sqltext.Statement{Text: text})
	return len(r.tokens) > 1 && r.is(0, "(") && r.behind(0) == len(r.tokens) && r.is(len(r.tokens)-1, ")")
}

// Identifiers returns the names of a dotted name, nil if the text is none.
func Identifiers(text string) []string {
	var parts []string
	r := newReader(sqltext.Statement{Text: text})
	for i, t := range r.tokens {
		name, ok := t.Identifier()
		switch {
		case i%2 == 0 && ok:
			parts = append(parts, name)
		case i%2 == 0 || !t.Is("."):
			return nil
		}
	}
	return parts
}
