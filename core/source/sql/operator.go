package sql

import (
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
)

// signs are the operators of SQL that the model language has.
var signs = map[string]string{
	"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">=", "AND": "&&", "OR": "||", "NOT": "!", "+": "+", "-": "-", "*": "*", "/": "/", "%": "%",
}

var comparing = []string{"=", "<>", "<", "<=", ">", ">=", "~~", "~~*"}

func (x expresser) operator(e *ddl.Expr) *declare.Expr {
	switch {
	case e.Text == "||":
		return x.concat(e)
	case slices.Contains(comparing, e.Text) && len(e.Args) == 2:
		args := x.compared(e.Args)
		if form := map[string]string{"~~": "like", "~~*": "ilike"}[e.Text]; form != "" {
			return called(form, args)
		}
		for i, arg := range args {
			args[i] = bracketed(arg)
		}
		return operation(signs[e.Text], args...)
	case signs[e.Text] == "" || len(e.Args) == 1 && e.Text != "NOT" && e.Text != "-":
		return nil
	case len(e.Args) == 2 && slices.Contains([]string{"+", "-", "*", "/", "%"}, e.Text):
		return operation(signs[e.Text], x.computed(e.Args)...)
	}
	return operation(signs[e.Text], x.all(e.Args)...)
}

// bracketed puts a comparison that is compared with something into brackets.
func bracketed(e *declare.Expr) *declare.Expr {
	if e != nil && e.Kind == declare.Operator && len(e.Args) == 2 && slices.Contains(compared, e.Text) {
		return &declare.Expr{Kind: declare.Paren, Args: []*declare.Expr{e}}
	}
	return e
}

var compared = []string{"==", "!=", "<", "<=", ">", ">="}

// concat reads what the model language writes for concat(...): text, and what is
// made text where NULL is empty.
func (x expresser) concat(e *ddl.Expr) *declare.Expr {
	var args []*declare.Expr
	for _, part := range flat(e) {
		switch value := uncast(part); {
		case value.Kind == ddl.String:
			args = append(args, Text(value.Text))
		case part.Kind == ddl.Coalesce && len(part.Args) == 2 && uncast(part.Args[1]).Kind == ddl.String && uncast(part.Args[1]).Text == "":
			args = append(args, x.say(uncast(part.Args[0])))
		default:
			return nil
		}
	}
	return called("concat", args)
}

func flat(e *ddl.Expr) []*ddl.Expr {
	if e.Kind != ddl.Operator || e.Text != "||" || len(e.Args) != 2 {
		return []*ddl.Expr{e}
	}
	return append(flat(e.Args[0]), flat(e.Args[1])...)
}

// uncast takes off a cast to text.
func uncast(e *ddl.Expr) *ddl.Expr {
	if e.Kind == ddl.Cast && isText(*e.Type) && e.Type.Dimensions == 0 {
		return e.Args[0]
	}
	return e
}

// choice says CASE WHEN a THEN b ... ELSE z END.
func (x expresser) choice(args []*ddl.Expr) *declare.Expr {
	if len(args)%2 == 0 {
		return nil
	}
	if len(args) == 1 {
		return x.say(args[0])
	}
	parts := []*declare.Expr{x.say(args[0]), x.say(args[1]), x.choice(args[2:])}
	if !said(parts) {
		return nil
	}
	return &declare.Expr{Kind: declare.Conditional, Args: parts}
}
