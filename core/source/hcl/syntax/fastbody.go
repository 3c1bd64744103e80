package syntax

import "github.com/whimbreldb/whimbrel/core/declare"

// body reads up to the end of the file (0) or a closing brace.
func (p *fast) body(end byte) *declare.Body {
	body := &declare.Body{}
	p.depth++
	defer func() { p.depth-- }()
	for !p.gone && p.depth < maxDepth {
		for p.pos < len(p.src) && p.newline() {
		}
		if p.pos >= len(p.src) && end == 0 {
			return body
		}
		if end != 0 && p.peek() == end {
			p.pos++
			return body
		}
		if !p.item(body) {
			break
		}
	}
	p.giveUp()
	return body
}

// item reads an attribute or a block with the end of its line.
func (p *fast) item(body *declare.Body) bool {
	name := p.name()
	if name.Text == "" {
		return false
	}
	p.blanks()
	if p.peek() == '=' {
		body.Attrs = append(body.Attrs, p.attr(name))
	} else {
		body.Blocks = append(body.Blocks, p.block(name))
	}
	return p.newline()
}

func (p *fast) attr(name declare.Name) *declare.Attr {
	if p.at("==") {
		p.giveUp()
	}
	p.pos++
	value := p.expr()
	return &declare.Attr{Name: name, Value: value, Span: declare.Between(name.Span, value.Span)}
}

func (p *fast) block(name declare.Name) *declare.Block {
	block := &declare.Block{Type: name, Body: &declare.Body{}}
	for p.peek() != '{' {
		label, ok := p.label()
		if !ok {
			p.giveUp()
			return block
		}
		block.Labels = append(block.Labels, label)
		p.blanks()
	}
	p.pos++
	p.blockBody(block)
	block.Span = declare.Span{From: name.Span.From, To: int32(p.pos)}
	return block
}

func (p *fast) label() (declare.Name, bool) {
	if p.peek() != '"' {
		name := p.name()
		return name, name.Text != ""
	}
	text := p.quoted()
	return declare.Name{Text: text.Text, Span: text.Span}, !p.gone
}

// blockBody reads the body of a block in its long form, or in the form with one
// argument on the line of the block.
func (p *fast) blockBody(block *declare.Block) {
	p.blanks()
	if char := p.peek(); char == '\n' || char == '\r' || char == '}' {
		block.Body = p.body('}')
		return
	}
	name := p.name()
	p.blanks()
	if name.Text == "" || p.peek() != '=' {
		p.giveUp()
		return
	}
	block.Body.Attrs = []*declare.Attr{p.attr(name)}
	p.blanks()
	if p.peek() != '}' {
		p.giveUp()
		return
	}
	p.pos++
}
