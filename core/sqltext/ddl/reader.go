package ddl

import (
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A reader reads one statement.
type reader struct {
	text   string
	offset int // of the statement in the text around it
	tokens []sqltext.Token
}

func newReader(s sqltext.Statement) *reader {
	r := &reader{text: s.Text, offset: s.Offset}
	for t := range sqltext.Scan(s.Text) {
		if !t.Kind.Blank() {
			r.tokens = append(r.tokens, t)
		}
	}
	return r
}

// span returns bytes of the statement as a place of the text around it.
func (r *reader) span(from, to int) Span { return Span{r.offset + from, r.offset + to} }

// token returns the place of the token at an offset.
func (r *reader) token(at int) Span {
	i := r.index(at)
	if i >= len(r.tokens) {
		return r.span(at, at)
	}
	return r.span(r.tokens[i].Offset, r.tokens[i].End())
}

// index returns that of the first token at or behind an offset.
func (r *reader) index(offset int) int {
	for i, t := range r.tokens {
		if t.Offset >= offset {
			return i
		}
	}
	return len(r.tokens)
}

func (r *reader) is(i int, words ...string) bool {
	if i < 0 || i >= len(r.tokens) {
		return false
	}
	for _, word := range words {
		if r.tokens[i].Is(word) {
			return i == 0 || !r.tokens[i-1].Is(".") || r.tokens[i].Kind == sqltext.Symbol
		}
	}
	return false
}

// find returns the first token from one on, at its depth of brackets, that is one of
// some words, or the number of tokens. A bracket that closes what is around ends it.
func (r *reader) find(i int, words ...string) int {
	for i < len(r.tokens) && !r.is(i, words...) {
		switch {
		case r.is(i, "(", "["):
			i = r.behind(i)
		case r.is(i, ")", "]"):
			return len(r.tokens)
		default:
			i++
		}
	}
	return i
}

// behind returns the token behind the bracket that closes the one at a token.
func (r *reader) behind(i int) int {
	depth := 0
	for ; i < len(r.tokens); i++ {
		switch {
		case r.is(i, "(", "["):
			depth++
		case r.is(i, ")", "]"):
			depth--
		}
		if depth <= 0 {
			return i + 1
		}
	}
	return i
}

// cut returns the text of the tokens from one up to, not including, another one.
func (r *reader) cut(from, to int) (string, Span) {
	to = min(to, len(r.tokens))
	if from >= to {
		return "", Span{}
	}
	begin, end := r.tokens[from].Offset, r.tokens[to-1].End()
	return r.text[begin:end], r.span(begin, end)
}

// inside returns the text between the bracket at a token and the one that closes it.
func (r *reader) inside(i int) (string, Span) { return r.cut(i+1, r.behind(i)-1) }

// until returns the first token from one on, at its depth, that ends an expression.
func (r *reader) until(i int, words ...string) int {
	for depth := 0; i < len(r.tokens); i++ {
		switch {
		case r.is(i, "(", "["):
			depth++
		case depth == 0 && (r.is(i, ")", "]") || r.is(i, words...)):
			return i
		case r.is(i, ")", "]"):
			depth--
		case r.is(i, "case"):
			depth++
		case depth > 0 && r.is(i, "end"):
			depth--
		}
	}
	return i
}
