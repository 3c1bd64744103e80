package syntax

import "github.com/whimbreldb/whimbrel/core/declare"

// levels are the binary operators, those that bind loosest first. Of two that
// begin alike the longer one stands first.
var levels = [][]string{{"||"}, {"&&"}, {"==", "!="}, {">=", "<=", ">", "<"}, {"+", "-"}, {"*", "/", "%"}}

// expr reads an expression. After giving up it returns one without meaning.
func (p *fast) expr() *declare.Expr {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		p.giveUp()
	}
	condition := p.binary(0)
	p.blanks()
	if p.peek() != '?' {
		return condition
	}
	p.pos++
	then := p.expr()
	p.blanks()
	if p.peek() != ':' {
		p.giveUp()
		return condition
	}
	p.pos++
	otherwise := p.expr()
	return &declare.Expr{Kind: declare.Conditional, Span: declare.Between(condition.Span, otherwise.Span), Args: []*declare.Expr{condition, then, otherwise}}
}

func (p *fast) binary(level int) *declare.Expr {
	if level == len(levels) {
		return p.operand()
	}
	left := p.binary(level + 1)
	for terms := 1; ; terms++ {
		if terms > maxTerms {
			p.giveUp()
		}
		operator := p.operator(levels[level])
		if operator == "" {
			return left
		}
		right := p.binary(level + 1)
		left = &declare.Expr{Kind: declare.Operator, Text: operator, Span: declare.Between(left.Span, right.Span), Args: []*declare.Expr{left, right}}
	}
}

func (p *fast) operator(known []string) string {
	p.blanks()
	if p.peek() == 0 {
		return ""
	}
	for _, operator := range known {
		if p.at(operator) {
			p.pos += len(operator)
			return operator
		}
	}
	return ""
}

func (p *fast) operand() *declare.Expr {
	p.blanks()
	if p.gone || p.pos >= len(p.src) {
		p.giveUp()
		return &declare.Expr{}
	}
	switch char := p.src[p.pos]; {
	case isLetter(char):
		return p.word()
	case isDigit(char):
		return p.noSteps(p.number())
	case char == '"':
		return p.noSteps(p.quoted())
	case char == '(':
		return p.noSteps(p.parens())
	case char == '[':
		return p.noSteps(p.list())
	case char == '{':
		return p.noSteps(p.object())
	case char == '-' || char == '!':
		return p.unary(string(char))
	}
	p.giveUp()
	return &declare.Expr{}
}

// noSteps gives up if something of an expression is taken: (a).b, f(x)[0].
func (p *fast) noSteps(e *declare.Expr) *declare.Expr {
	p.blanks()
	if char := p.peek(); char == '.' || char == '[' {
		p.giveUp()
	}
	return e
}

func (p *fast) unary(operator string) *declare.Expr {
	from := p.pos
	if p.depth += 2; p.depth > maxDepth {
		p.giveUp()
	}
	p.pos++
	value := p.operand()
	p.depth -= 2
	return &declare.Expr{Kind: declare.Operator, Text: operator, Span: declare.Span{From: int32(from), To: value.Span.To}, Args: []*declare.Expr{value}}
}

func (p *fast) word() *declare.Expr {
	name := p.name()
	p.blanks()
	if char := p.peek(); char == '(' || char == ':' && p.at("::") {
		return p.noSteps(p.call(name))
	}
	switch name.Text {
	case "true", "false":
		return p.noSteps(&declare.Expr{Kind: declare.Bool, Text: name.Text, Span: name.Span})
	case "null":
		return p.noSteps(&declare.Expr{Kind: declare.Null, Span: name.Span})
	}
	return p.steps(name)
}

// steps reads the names of a.b.c.
func (p *fast) steps(first declare.Name) *declare.Expr {
	names := []declare.Name{first}
	for p.peek() == '.' {
		p.pos++
		p.blanks()
		name := p.name()
		if name.Text == "" {
			p.giveUp()
		}
		names = append(names, name)
		p.blanks()
	}
	if p.peek() == '[' {
		p.giveUp()
	}
	return &declare.Expr{Kind: declare.Word, Names: names, Span: declare.Between(first.Span, names[len(names)-1].Span)}
}
