package parser

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A body is a PL/pgSQL body, divided.
type body struct {
	fragments []fragment // in the order of the text
	names     map[string]bool
	variables []variable
	cursors   map[string]fragment // queries of cursors
	dynamic   []int
}

// A variable is what a body declares with a type.
type variable struct{ name, typ string }

// A reader divides a body. It reads tokens one by one and never goes back behind
// the statement that it is in. After the first mistake it reads nothing.
type reader struct {
	tokens tokens
	text   string
	i      int
	depth  int
	body   *body
	err    error
}

// deepestBlock is how many statements may be inside of each other.
const deepestBlock = 200

func readBody(text string) (*body, error) {
	r := &reader{tokens: scan(text), text: text, body: &body{names: map[string]bool{}, cursors: map[string]fragment{}}}
	if n := len(r.tokens); n > 0 && r.tokens[n-1].Open {
		return nil, &SyntaxError{Offset: r.tokens[n-1].Offset, Message: "a string, name or comment without end"}
	}
	for r.is("#") { // a directive, such as #variable_conflict use_column
		r.i += 3
	}
	r.label()
	r.block()
	r.take(";")
	if r.i < len(r.tokens) {
		r.fail()
	}
	return r.body, r.err
}

func (r *reader) more() bool { return r.err == nil && r.i < len(r.tokens) }

// is reports whether the next token is one of some words or symbols. A word
// behind a dot is a name.
func (r *reader) is(words ...string) bool {
	if r.tokens.is(r.i-1, ".") && r.lower() != "" {
		return false
	}
	for _, word := range words {
		if r.tokens.is(r.i, word) {
			return r.err == nil
		}
	}
	return slices.Contains(words, ";") && r.isSemicolon()
}

func (r *reader) isSemicolon() bool {
	return r.more() && r.tokens[r.i].Kind == sqltext.Semicolon
}

// take reads a token if it is the next one.
func (r *reader) take(word string) bool {
	if !r.is(word) {
		return false
	}
	r.i++
	return true
}

// want reads tokens that have to be there.
func (r *reader) want(words ...string) {
	for _, word := range words {
		if !r.take(word) {
			r.fail()
		}
	}
}

// fail reports the next token as the one that PL/pgSQL does not expect.
func (r *reader) fail() {
	switch {
	case r.err != nil:
	case r.i >= len(r.tokens):
		r.err = &SyntaxError{Offset: len(r.text), Message: "syntax error at end of input"}
	default:
		t := r.tokens[r.i]
		r.err = &SyntaxError{Offset: t.Offset, Message: fmt.Sprintf("syntax error at or near %q", t.Text)}
	}
}

// name reads a name.
func (r *reader) name() string {
	if !r.more() {
		r.fail()
		return ""
	}
	name, ok := r.tokens[r.i].Identifier()
	if !ok {
		r.fail()
		return ""
	}
	r.i++
	return name
}

// declare reads a name that is known from there on. That it is known in the whole
// body makes no name wrong that is right.
func (r *reader) declare() string {
	name := r.name()
	r.body.names[name] = true
	return name
}

// until passes over tokens up to one that ends what is read, at the same depth of
// brackets, and reports the range in between.
func (r *reader) until(ends ...string) (begin, end int) {
	begin = r.offset()
	for r.more() && !r.is(ends...) {
		switch {
		case r.is("(", "["):
			r.i = r.tokens.behind(r.i)
		case r.is("case"):
			r.passCase()
		case r.isSemicolon():
			r.fail()
		default:
			r.i++
		}
	}
	if !r.more() {
		r.fail()
		return begin, begin
	}
	return begin, r.tokens[r.i-1].End()
}

// passCase passes over a CASE expression, whose WHEN and THEN end nothing.
func (r *reader) passCase() {
	for depth := 0; r.more(); {
		switch {
		case r.isSemicolon():
			r.fail()
			return
		case r.is("case"):
			depth++
		case r.is("end"):
			depth--
		}
		r.i++
		if depth == 0 {
			return
		}
	}
}

func (r *reader) offset() int {
	if r.i < len(r.tokens) {
		return r.tokens[r.i].Offset
	}
	return len(r.text)
}

// add takes in a fragment, which must not be empty.
func (r *reader) add(kind fragmentKind, begin, end int) *fragment {
	if r.err == nil && begin >= end {
		r.fail()
	}
	if r.err != nil {
		return &fragment{}
	}
	r.body.fragments = append(r.body.fragments, fragment{kind: kind, begin: begin, end: end})
	return &r.body.fragments[len(r.body.fragments)-1]
}

// expression reads an expression up to a token.
func (r *reader) expression(ends ...string) {
	begin, end := r.until(ends...)
	r.add(expressionFragment, begin, end)
}

// lower returns the next token as a keyword.
func (r *reader) lower() string {
	if !r.more() || r.tokens[r.i].Kind != sqltext.Word {
		return ""
	}
	return strings.ToLower(r.tokens[r.i].Text)
}
