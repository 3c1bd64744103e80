package syntax

import (
	"bytes"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// A fast is a parser for the common part of the language. Whatever it does not
// know makes it give up, and hashicorp/hcl reads the file.
type fast struct {
	src   []byte
	text  string // src, for names
	pos   int
	depth int
	// open: newlines are blanks, as in parentheses.
	open bool
	gone bool // given up
}

func fastBody(src []byte) (*declare.Body, bool) {
	if !utf8.Valid(src) || bytes.HasPrefix(src, []byte("\ufeff")) {
		return nil, false
	}
	p := &fast{src: src, text: string(src)}
	body := p.body(0)
	return body, !p.gone
}

func (p *fast) giveUp() { p.gone = true }

// peek returns the next byte, or 0 at the end and after giving up.
func (p *fast) peek() byte {
	if p.gone || p.pos >= len(p.src) {
		return 0
	}
	return p.src[p.pos]
}

func (p *fast) at(text string) bool {
	return !p.gone && len(p.src)-p.pos >= len(text) && string(p.src[p.pos:p.pos+len(text)]) == text
}

// blanks skips blanks and comments, and newlines where they have no meaning.
func (p *fast) blanks() {
	for !p.gone && p.pos < len(p.src) {
		switch char := p.src[p.pos]; {
		case char == ' ' || char == '\t' || char == '\n' && p.open:
			p.pos++
		case char == '\r' && p.at("\r\n"):
			if !p.open {
				return
			}
			p.pos += 2
		case char == '#' || p.at("//"):
			p.comment()
		case p.at("/*"):
			end := bytes.Index(p.src[p.pos+2:], []byte("*/"))
			if end < 0 {
				p.giveUp()
				return
			}
			p.pos += 2 + end + 2
		default:
			return
		}
	}
}

func (p *fast) comment() {
	end := bytes.IndexByte(p.src[p.pos:], '\n')
	if end < 0 {
		p.pos = len(p.src)
		return
	}
	p.pos += end
}

// newline takes the end of a line and reports whether there was one.
func (p *fast) newline() bool {
	p.blanks()
	switch {
	case p.peek() == '\n':
		p.pos++
		return true
	case p.at("\r\n"):
		p.pos += 2
		return true
	}
	return !p.gone && p.pos >= len(p.src)
}

// name takes an identifier, or returns an empty one.
func (p *fast) name() declare.Name {
	from := p.pos
	if !isLetter(p.peek()) {
		return declare.Name{}
	}
	for p.pos < len(p.src) && isPart(p.src[p.pos]) {
		p.pos++
	}
	if p.pos < len(p.src) && p.src[p.pos] >= utf8.RuneSelf {
		p.giveUp()
	}
	return declare.Name{Text: p.text[from:p.pos], Span: p.from(from)}
}

func (p *fast) from(start int) declare.Span {
	return declare.Span{From: int32(start), To: int32(p.pos)}
}

func isLetter(char byte) bool {
	return char == '_' || 'a' <= char && char <= 'z' || 'A' <= char && char <= 'Z'
}

func isDigit(char byte) bool { return '0' <= char && char <= '9' }

func isPart(char byte) bool { return isLetter(char) || isDigit(char) || char == '-' }
