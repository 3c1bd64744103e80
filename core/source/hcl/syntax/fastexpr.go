package syntax

// levels are the binary operators, those that bind loosest first. Of two that
// begin alike the longer one stands first.
var levels = [][]string{{"||"}, {"&&"}, {"==", "!="}, {">=", "<=", ">", "<"}, {"+", "-"}, {"*", "/", "%"}}

// expr reads an expression. After giving up it returns one without meaning.
func (p *fast) expr() *Expr {
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
	return &Expr{Kind: Conditional, Span: between(condition.Span, otherwise.Span), Args: []*Expr{condition, then, otherwise}}
}

func (p *fast) binary(level int) *Expr {
	if level == len(levels) {
		return p.operand()
	}
	left := p.binary(level + 1)
	for {
		operator := p.operator(levels[level])
		if operator == "" {
			return left
		}
		right := p.binary(level + 1)
		left = &Expr{Kind: Operator, Text: operator, Span: between(left.Span, right.Span), Args: []*Expr{left, right}}
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

func (p *fast) operand() *Expr {
	p.blanks()
	if p.gone || p.pos >= len(p.src) {
		p.giveUp()
		return &Expr{}
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
	return &Expr{}
}

// noSteps gives up if something of an expression is taken: (a).b, f(x)[0].
func (p *fast) noSteps(e *Expr) *Expr {
	p.blanks()
	if char := p.peek(); char == '.' || char == '[' {
		p.giveUp()
	}
	return e
}

func (p *fast) unary(operator string) *Expr {
	from := p.pos
	if p.depth += 2; p.depth > maxDepth {
		p.giveUp()
	}
	p.pos++
	value := p.operand()
	p.depth -= 2
	return &Expr{Kind: Operator, Text: operator, Span: Span{int32(from), value.Span.To}, Args: []*Expr{value}}
}

func (p *fast) word() *Expr {
	name := p.name()
	p.blanks()
	if char := p.peek(); char == '(' || char == ':' && p.at("::") {
		return p.noSteps(p.call(name))
	}
	switch name.Text {
	case "true", "false":
		return p.noSteps(&Expr{Kind: Bool, Text: name.Text, Span: name.Span})
	case "null":
		return p.noSteps(&Expr{Kind: Null, Span: name.Span})
	}
	return p.steps(name)
}

// steps reads the names of a.b.c.
func (p *fast) steps(first Name) *Expr {
	names := []Name{first}
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
	return &Expr{Kind: Word, Names: names, Span: between(first.Span, names[len(names)-1].Span)}
}
