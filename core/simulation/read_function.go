package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// manyArguments is more than a function can take.
const manyArguments = 1 << 10

// signature returns how many arguments a call of a function has, whose parentheses begin
// at a token.
func (r *reader) signature(begin int) (least, most int) {
	inner, ok := r.part(begin, r.end).inside()
	if !ok {
		return 0, manyArguments
	}
	for _, item := range inner.items() {
		switch {
		case item.is("out"), item.is("variadic"):
			return 0, manyArguments
		case item.part(item.i, item.end).until("default", "="):
		default:
			least++
		}
		most++
	}
	return least, most
}

// routine takes what a body in SQL refers to that PostgreSQL looks at behind the text.
func (r *reader) routine(begin int) {
	text := r.part(begin, r.end)
	if !text.part(begin, r.end).untilBoth("language", "sql") || !text.until("as") || !text.take("as") {
		return
	}
	body, plain := text.value(), true
	if t := r.tokens[min(text.i, r.end-1)]; body == "" && t.Kind == sqltext.DollarString && !t.Open {
		tag := len(sqltext.Tag(t.Text))
		body = t.Text[tag : len(t.Text)-tag]
	} else if body == "" {
		plain = false
	}
	if plain {
		r.reading.Body = bodyOf(body, r.tokens[max(text.i-1, 0)].Offset)
	}
}

// untilBoth goes to the first of two words that come next to each other.
func (c *cursor) untilBoth(first, second string) bool {
	for c.until(first) {
		if c.is(first, second) {
			return true
		}
		c.skip()
	}
	return false
}

// bodyOf returns what a body refers to. One that makes or drops something says what is
// there, so it is not looked at.
func bodyOf(body string, at int) []Effect {
	c := newCursor(body, nil)
	for ahead := c.part(0, c.end); ahead.more(); ahead.i++ {
		if ahead.isAny([]string{"create", "alter", "drop", "temp", "temporary"}) {
			return nil
		}
	}
	inner := &reader{cursor: c}
	for begin := 0; begin < c.end; begin++ {
		end := begin
		for end < c.end && c.tokens[end].Kind != sqltext.Semicolon {
			end++
		}
		x := newExpression(inner, c.part(begin, end))
		x.items += 2
		x.run(true)
		begin = end
	}
	for i := range inner.reading.Effects {
		inner.reading.Effects[i].Offset = at
	}
	return inner.reading.Effects
}

// atomic takes what a body refers to that is no text, which is looked at before the
// function is there.
func (r *reader) atomic(begin int) {
	text := r.part(begin, r.end)
	if !text.until("begin", "return") || strings.EqualFold(r.tokens[text.i].Text, "begin") && !text.is("begin", "atomic") {
		return
	}
	x := newExpression(r, text)
	x.items += 2
	x.run(true)
}
