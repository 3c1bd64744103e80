package ddl

import (
	"strconv"
)

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
