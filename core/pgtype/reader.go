package pgtype

import (
	"strings"
	"unicode/utf8"
)

// A reader reads the parts of a type from its text. Once something is not as it
// should be, it has failed.
type reader struct {
	rest   string
	failed bool
}

func (r *reader) skip() { r.rest = strings.TrimLeft(r.rest, " \t\n\v\f\r") }

// next reports whether the next character that is no blank is one.
func (r *reader) next(c byte) bool {
	r.skip()
	return r.rest != "" && r.rest[0] == c
}

func (r *reader) take(c byte) bool {
	found := r.next(c)
	if found {
		r.rest = r.rest[1:]
	}
	return found
}

func (r *reader) want(c byte) {
	if !r.take(c) {
		r.failed = true
	}
}

// run takes the characters that belong to a name or number.
func (r *reader) run() string {
	r.skip()
	end := 0
	for end < len(r.rest) && inName(r.rest[end]) {
		end++
	}
	text := r.rest[:end]
	r.rest = r.rest[end:]
	return text
}

func startsName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= utf8.RuneSelf
}

func inName(c byte) bool { return startsName(c) || isDigit(c) || c == '$' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (r *reader) identifier(into *identifier) {
	if r.take('"') {
		*into = identifier{name: r.quoted(), quoted: true}
	} else if word, ok := r.word(); ok {
		*into = identifier{name: word}
	}
	if into.name == "" {
		r.failed = true
	}
}

// quoted reads a name up to its closing quote.
func (r *reader) quoted() string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(r.rest, `"`)
		if !found {
			r.failed = true
			return ""
		}
		b.WriteString(before)
		r.rest = after
		if !strings.HasPrefix(after, `"`) {
			return b.String()
		}
		b.WriteByte('"')
		r.rest = after[1:]
	}
}

// word reads a name without quotes.
func (r *reader) word() (string, bool) {
	r.skip()
	if r.rest == "" || !startsName(r.rest[0]) {
		return "", false
	}
	return fold(r.run()), true
}

func (r *reader) words() []string {
	var words []string
	for {
		word, ok := r.word()
		if !ok {
			return words
		}
		words = append(words, word)
	}
}

// arguments reads numbers and words in parentheses, if there are parentheses.
func (r *reader) arguments() []string {
	if !r.take('(') {
		return nil
	}
	args := []string{r.argument()}
	for r.take(',') {
		args = append(args, r.argument())
	}
	r.want(')')
	return args
}

func (r *reader) argument() string {
	sign := ""
	if r.take('-') {
		sign = "-"
	}
	text := fold(r.run())
	if text == "" {
		r.failed = true
	}
	return sign + text
}

// bounds reads the brackets of an array and returns how many pairs there are; a
// negative limit is none. PostgreSQL does not keep the bounds.
func (r *reader) bounds(limit int) int {
	n := 0
	for ; n != limit && r.take('['); n++ {
		if text := r.run(); strings.ContainsFunc(text, func(c rune) bool { return c < '0' || c > '9' }) {
			r.failed = true
		}
		r.want(']')
	}
	return n
}
