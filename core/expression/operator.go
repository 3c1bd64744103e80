package expression

import (
	"fmt"
	"strings"
)

// binary holds the operators of the model language and how SQL writes them.
var binary = map[string]string{
	"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">=",
	"&&": "AND", "||": "OR", "+": "+", "-": "-", "*": "*", "/": "/", "%": "%",
}

// unary holds the operators in front of one operand.
var unary = map[string]string{"!": "NOT ", "-": "-"}

// nullTests holds the operators that compare with null, which SQL's cannot.
var nullTests = map[string]string{"==": "IS NULL", "!=": "IS NOT NULL"}

func (p Printer) operator(n Node) (string, error) {
	if sign, ok := unary[n.Text]; ok && len(n.Args) == 1 {
		return p.format(n, 1, sign+"%s", p.operand)
	}
	sign, ok := binary[n.Text]
	if !ok || len(n.Args) != 2 {
		return "", fmt.Errorf("expression: unknown operator %q with %d operands", n.Text, len(n.Args))
	}
	if test, ok := nullTests[n.Text]; ok && n.hasNull() {
		return p.format(Node{Kind: Operator, Text: n.Text, Args: []Node{n.notNull()}}, 1, "%s "+test, p.operand)
	}
	return p.format(n, 2, "%s "+strings.ReplaceAll(sign, "%", "%%")+" %s", p.operand)
}

func (n Node) hasNull() bool { return n.Args[0].Kind == Null || n.Args[1].Kind == Null }

// notNull returns the operand that is compared with null.
func (n Node) notNull() Node {
	if n.Args[0].Kind == Null {
		return n.Args[1]
	}
	return n.Args[0]
}
