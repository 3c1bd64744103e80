package syntax

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// number reads digits with or without a fraction; an exponent makes it give up.
func (p *fast) number() *declare.Expr {
	from := p.pos
	p.digits()
	if p.peek() == '.' && p.pos+1 < len(p.src) && isDigit(p.src[p.pos+1]) {
		p.pos++
		p.digits()
	}
	if char := p.peek(); char == '.' || isLetter(char) || char >= utf8.RuneSelf {
		p.giveUp()
	}
	return &declare.Expr{Kind: declare.Number, Text: p.text[from:p.pos], Span: p.from(from)}
}

func (p *fast) digits() {
	for isDigit(p.peek()) {
		p.pos++
	}
}

// quoted reads a string on one line without ${ and %{.
func (p *fast) quoted() *declare.Expr {
	from := p.pos
	p.pos++
	start, text := p.pos, []byte(nil)
	for char := p.peek(); char != '"'; char = p.peek() {
		switch {
		case char < ' ' && char != '\t', (char == '$' || char == '%') && p.braces():
			p.giveUp()
			return &declare.Expr{}
		case char == '\\':
			text = append(text, p.src[start:p.pos]...)
			text = p.escape(text)
			start = p.pos
		default:
			p.pos++
		}
	}
	if text == nil {
		return p.whole(from, start)
	}
	text = append(text, p.src[start:p.pos]...)
	p.pos++
	if bytes.ContainsFunc(text, composed) {
		p.giveUp()
	}
	return &declare.Expr{Kind: declare.String, Text: string(text), Span: p.from(from)}
}

// whole returns a string without escapes.
func (p *fast) whole(from, start int) *declare.Expr {
	text := p.text[start:p.pos]
	p.pos++
	if strings.ContainsFunc(text, composed) {
		p.giveUp()
	}
	return &declare.Expr{Kind: declare.String, Text: text, Span: p.from(from)}
}

// composed reports whether a character may be written in two ways, of which
// hashicorp/hcl keeps one.
func composed(char rune) bool { return char >= 0x300 }

// braces reports whether ${ or %{ begins here, or an escaped one.
func (p *fast) braces() bool {
	rest := p.src[p.pos+1:]
	if len(rest) > 1 && rest[0] == p.src[p.pos] {
		rest = rest[1:]
	}
	return len(rest) > 0 && rest[0] == '{'
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', '"': '"', '\\': '\\'}

func (p *fast) escape(text []byte) []byte {
	if p.pos+1 >= len(p.src) {
		p.giveUp()
		return text
	}
	selector := p.src[p.pos+1]
	if char, ok := escapes[selector]; ok {
		p.pos += 2
		return append(text, char)
	}
	size := map[byte]int{'u': 4, 'U': 8}[selector]
	if size == 0 || p.pos+2+size > len(p.src) {
		p.giveUp()
		return text
	}
	number, err := strconv.ParseUint(string(p.src[p.pos+2:p.pos+2+size]), 16, 32)
	if err != nil || !utf8.ValidRune(rune(number)) {
		p.giveUp()
		return text
	}
	p.pos += 2 + size
	return utf8.AppendRune(text, rune(number))
}

// within reads what stands in brackets, with newlines as blanks or not.
func (p *fast) within(open bool, read func()) {
	outer := p.open
	p.open = open
	p.pos++
	read()
	p.open = outer
}

func (p *fast) parens() *declare.Expr {
	from := p.pos
	var inner *declare.Expr
	p.within(true, func() {
		inner = p.expr()
		p.blanks()
		if p.peek() != ')' {
			p.giveUp()
		}
		p.pos++
	})
	return &declare.Expr{Kind: declare.Paren, Span: p.from(from), Args: []*declare.Expr{inner}}
}

func (p *fast) list() *declare.Expr {
	from := p.pos
	e := &declare.Expr{Kind: declare.List}
	p.within(true, func() { e.Args = p.elements(']') })
	e.Span = p.from(from)
	return e
}

func (p *fast) call(name declare.Name) *declare.Expr {
	if p.peek() != '(' {
		p.giveUp() // a function with a name space
		return &declare.Expr{}
	}
	e := &declare.Expr{Kind: declare.Call, Text: name.Text, Names: []declare.Name{name}}
	p.within(true, func() { e.Args = p.elements(')') })
	e.Span = p.from(int(name.Span.From))
	return e
}

// elements reads expressions with commas between them and the closing bracket.
func (p *fast) elements(end byte) []*declare.Expr {
	var list []*declare.Expr
	for !p.gone {
		p.blanks()
		if p.peek() == end {
			break
		}
		e := p.expr()
		if end == ']' && len(list) == 0 && e.Kind == declare.Word && e.Names[0].Text == "for" {
			p.giveUp()
		}
		list = append(list, e)
		p.blanks()
		if p.peek() == end {
			break
		}
		if p.peek() != ',' {
			p.giveUp()
		}
		p.pos++
	}
	p.pos++
	return list
}

func (p *fast) object() *declare.Expr {
	from := p.pos
	e := &declare.Expr{Kind: declare.Object}
	p.within(false, func() { p.items(e) })
	e.Span = p.from(from)
	return e
}

func (p *fast) items(e *declare.Expr) {
	for !p.gone {
		for p.pos < len(p.src) && p.newline() {
		}
		if p.peek() == '}' {
			break
		}
		key := p.expr()
		p.blanks()
		if char := p.peek(); char != '=' && char != ':' || p.at("==") || p.at("=>") || key.Kind == declare.Word && key.Names[0].Text == "for" {
			p.giveUp()
			return
		}
		p.pos++
		e.Keys, e.Args = append(e.Keys, key), append(e.Args, p.expr())
		p.blanks()
		switch {
		case p.peek() == '}':
		case p.peek() == ',':
			p.pos++
		case !p.newline():
			p.giveUp()
		}
	}
	p.pos++
}
