package syntax

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// value returns the value of an argument, which begins at a column, over several
// lines where one is not enough, or where it is a text of several lines.
func (p *printer) value(argument string, e *declare.Expr, depth, column int) string {
	switch {
	case e.Kind == declare.String:
		if text, ok := p.heredoc(e.Text, marker(argument), depth); ok {
			return text
		}
	case e.Kind == declare.Call && len(e.Args) == 1 && e.Args[0].Kind == declare.String:
		if text, ok := p.heredoc(e.Args[0].Text, marker(e.Text), depth); ok {
			return p.function(e.Text) + "(" + text + "\n" + indent(depth) + ")"
		}
	}
	return p.layout(e, depth, column)
}

// marker returns the word between which the lines of a text stand, given the
// argument or function that has it.
func marker(of string) string {
	if slices.Contains([]string{"body", "create", "drop", "query", "sql"}, of) {
		return "SQL"
	}
	return "EOT"
}

// layout returns an expression on one line if it fits, else with what is in
// brackets over several.
func (p *printer) layout(e *declare.Expr, depth, column int) string {
	flat := p.flat(e)
	if fits(flat, column) || len(e.Args) == 0 {
		return flat
	}
	switch e.Kind {
	case declare.List:
		return p.lines("[", p.elements(e.Args), ",", depth, "]")
	case declare.Object:
		return p.lines("{", p.items(e), "", depth, "}")
	case declare.Call:
		return p.longCall(e, depth, column)
	case declare.Paren:
		return p.longParen(e.Args[0], depth)
	}
	return flat
}

// A late returns what stands on a line of its own at a depth.
type late func(depth int) string

// lines writes one thing a line between brackets.
func (p *printer) lines(open string, list []late, comma string, depth int, closing string) string {
	var out strings.Builder
	out.WriteString(open + "\n")
	for _, one := range list {
		out.WriteString(indent(depth+1) + one(depth+1) + comma + "\n")
	}
	return out.String() + indent(depth) + closing
}

func (p *printer) elements(list []*declare.Expr) []late {
	lines := make([]late, len(list))
	for i, e := range list {
		lines[i] = func(depth int) string { return noFor(i, p.layout(e, depth, 2*depth)) }
	}
	return lines
}

// noFor puts the i-th thing in brackets or braces in parentheses if it is the
// first and begins with the word "for", which would begin something else there.
func noFor(i int, text string) string {
	if i == 0 && forWord().MatchString(text) {
		return "(" + text + ")"
	}
	return text
}

var forWord = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^for([^\pL\pN_-]|$)`) })

func (p *printer) items(e *declare.Expr) []late {
	lines := make([]late, len(e.Args))
	for i, key := range e.Keys {
		head := noFor(i, p.flat(key)) + " = "
		lines[i] = func(depth int) string {
			return head + strings.TrimSuffix(p.layout(e.Args[i], depth, 2*depth+len(head)), "\n")
		}
	}
	return lines
}

// longCall writes a call whose last argument, if it is a list or an object, opens
// on the line of the call: in(name, [.
func (p *printer) longCall(e *declare.Expr, depth, column int) string {
	head, last := p.function(e.Text)+"(", e.Args[len(e.Args)-1]
	hugs := last.Kind == declare.List || last.Kind == declare.Object || len(e.Args) == 1
	for _, arg := range e.Args[:len(e.Args)-1] {
		head += p.flat(arg) + ", "
	}
	if hugs && fits(head, column) {
		return head + p.layout(last, depth, column+len(head)) + ")"
	}
	lines := make([]late, len(e.Args))
	for i, arg := range e.Args {
		lines[i] = func(depth int) string { return p.layout(arg, depth, 2*depth) }
	}
	return p.lines(p.function(e.Text)+"(", lines, ",", depth, ")")
}

// longParen writes what stands in parentheses, one operand of && or || a line.
func (p *printer) longParen(e *declare.Expr, depth int) string {
	if e.Kind != declare.Operator || e.Text != "&&" && e.Text != "||" {
		return "(" + p.layout(e, depth, 2*depth+1) + ")"
	}
	operands := chain(e, e.Text)
	lines := make([]late, len(operands))
	for i, operand := range operands {
		least, operator := precedence(e), " "+e.Text
		if i > 0 {
			least++
		}
		if i == len(operands)-1 {
			operator = ""
		}
		lines[i] = func(int) string { return p.operand(operand, least) + operator }
	}
	return p.lines("(", lines, "", depth, ")")
}

// chain returns the operands of a && b && c.
func chain(e *declare.Expr, operator string) []*declare.Expr {
	if e.Kind != declare.Operator || e.Text != operator || len(e.Args) != 2 {
		return []*declare.Expr{e}
	}
	return append(chain(e.Args[0], operator), e.Args[1])
}

// flat returns an expression on one line.
func (p *printer) flat(e *declare.Expr) string {
	switch e.Kind {
	case declare.Word:
		return p.word(e)
	case declare.String:
		return p.quoted(e.Text)
	case declare.Number:
		return p.number(e.Text)
	case declare.Bool:
		return e.Text
	case declare.Null:
		return "null"
	case declare.Operator:
		return p.operator(e)
	}
	return p.compound(e)
}

func (p *printer) compound(e *declare.Expr) string {
	switch e.Kind {
	case declare.Call:
		return p.function(e.Text) + "(" + p.all(e.Args) + ")"
	case declare.List:
		return "[" + p.list(e.Args) + "]"
	case declare.Object:
		return p.object(e)
	case declare.Conditional:
		return p.operand(e.Args[0], 1) + " ? " + p.flat(e.Args[1]) + " : " + p.flat(e.Args[2])
	case declare.Paren:
		return "(" + p.flat(e.Args[0]) + ")"
	}
	return p.foreign(e)
}

func (p *printer) all(list []*declare.Expr) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = p.flat(e)
	}
	return strings.Join(texts, ", ")
}

func (p *printer) list(list []*declare.Expr) string {
	texts := make([]string, len(list))
	for i, e := range list {
		texts[i] = noFor(i, p.flat(e))
	}
	return strings.Join(texts, ", ")
}

func (p *printer) object(e *declare.Expr) string {
	if len(e.Args) == 0 {
		return "{}"
	}
	items := make([]string, len(e.Args))
	for i, key := range e.Keys {
		items[i] = noFor(i, p.flat(key)) + " = " + p.flat(e.Args[i])
	}
	return "{ " + strings.Join(items, ", ") + " }"
}

// operator returns an operator with its operands. Those of one level are read
// from the left.
func (p *printer) operator(e *declare.Expr) string {
	level := precedence(e)
	if len(e.Args) == 1 {
		return e.Text + p.operand(e.Args[0], level)
	}
	return p.operand(e.Args[0], level) + " " + e.Text + " " + p.operand(e.Args[1], level+1)
}

// operand returns an expression that has to bind at least so closely.
func (p *printer) operand(e *declare.Expr, least int) string {
	if precedence(e) < least {
		return "(" + p.flat(e) + ")"
	}
	return p.flat(e)
}

// precedence says how closely an expression binds: that of conditionals is 0.
func precedence(e *declare.Expr) int {
	switch {
	case e.Kind == declare.Conditional:
		return 0
	case e.Kind != declare.Operator:
		return len(levels) + 2
	case len(e.Args) == 1:
		return len(levels) + 1
	}
	return 1 + slices.IndexFunc(levels, func(known []string) bool { return slices.Contains(known, e.Text) })
}

// foreign returns an expression whose text is in the document only.
func (p *printer) foreign(e *declare.Expr) string {
	if p.file.Bytes == nil || e.Span.To <= e.Span.From {
		return p.fail("the tree does not hold the text of an expression of kind %d", e.Kind)
	}
	text := p.file.Text(e.Span)
	if strings.HasPrefix(text, "<<") {
		return strings.TrimRight(text, "\r\n") + "\n"
	}
	return text
}
