package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A cursor goes through the tokens of a statement, without blanks and comments.
type cursor struct {
	sql    string
	tokens []sqltext.Token
	i      int
	end    int // of the tokens that it goes through
}

// newCursor returns a cursor at the beginning of a text, whose tokens are put into memory.
func newCursor(sql string, memory []sqltext.Token) *cursor {
	c := &cursor{sql: sql, tokens: memory}
	for t := range sqltext.Scan(sql) {
		if !t.Kind.Blank() {
			c.tokens = append(c.tokens, t)
		}
	}
	c.end = len(c.tokens)
	return c
}

func (c *cursor) more() bool { return c.i < c.end }

// is reports whether words come next.
func (c *cursor) is(words ...string) bool {
	for k, word := range words {
		if c.i+k >= c.end || len(c.tokens[c.i+k].Text) != len(word) || !c.tokens[c.i+k].Is(word) {
			return false
		}
	}
	return true
}

// take goes behind words, if they come next.
func (c *cursor) take(words ...string) bool {
	if !c.is(words...) {
		return false
	}
	c.i += len(words)
	return true
}

// any goes behind one of the words, if one comes next, and returns it.
func (c *cursor) any(words ...string) string {
	for _, word := range words {
		if c.take(word) {
			return word
		}
	}
	return ""
}

// value takes a string. What is spelled otherwise than between plain quotes has no value.
func (c *cursor) value() string {
	if !c.more() || c.tokens[c.i].Kind != sqltext.PlainString || c.tokens[c.i].Open {
		return ""
	}
	text := c.tokens[c.i].Text
	c.i++
	return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
}

// offset returns the place of the next token in the statement.
func (c *cursor) offset() int {
	if c.i < len(c.tokens) {
		return c.tokens[c.i].Offset
	}
	return len(c.sql)
}

// identifier takes a name.
func (c *cursor) identifier() string {
	if !c.more() {
		return ""
	}
	name, ok := c.tokens[c.i].Identifier()
	if ok {
		c.i++
	}
	return name
}

// qualified takes a name with that of a schema before it; one of a database in front
// of that is passed over.
func (c *cursor) qualified() (schema, name string) {
	name = c.identifier()
	for name != "" && c.take(".") {
		schema, name = name, c.identifier()
	}
	return schema, name
}

// name takes the name of something that is in a schema.
func (c *cursor) name(class detect.NameClass) Name {
	schema, name := c.qualified()
	return inSchema(class, schema, name)
}

// names takes a list of names without schemas.
func (c *cursor) names() []string {
	var all []string
	for name := c.identifier(); name != ""; name = c.identifier() {
		all = append(all, name)
		if !c.take(",") {
			break
		}
	}
	return all
}

// skip goes behind the next token, or behind what is in the parentheses that it opens.
func (c *cursor) skip() {
	depth := 0
	for c.more() {
		switch {
		case c.is("("), c.is("["):
			depth++
		case c.is(")"), c.is("]"):
			depth--
		}
		c.i++
		if depth <= 0 {
			return
		}
	}
}

// until goes to one of the words outside of parentheses, or to the end.
func (c *cursor) until(words ...string) bool {
	for ; c.more(); c.skip() {
		for _, word := range words {
			if c.is(word) {
				return true
			}
		}
	}
	return false
}

// inside returns a cursor over what is in the parentheses that come next, and goes
// behind them. ok is false where none come.
func (c *cursor) inside() (inner *cursor, ok bool) {
	if !c.is("(") {
		return nil, false
	}
	begin := c.i + 1
	c.skip()
	return c.part(begin, max(c.i-1, begin)), true
}

// whole returns a cursor at the beginning of the parentheses that it is inside of.
func (c *cursor) whole() *cursor { return c.part(c.i-1, c.end+1) }

func (c *cursor) part(begin, end int) *cursor {
	return &cursor{sql: c.sql, tokens: c.tokens, i: begin, end: end}
}

// items returns a cursor over each item of a list with commas.
func (c *cursor) items() []*cursor {
	var all []*cursor
	for begin := c.i; c.more(); begin = c.i {
		c.until(",")
		all = append(all, c.part(begin, c.i))
		c.take(",")
	}
	return all
}

// text returns the SQL up to a token, without the blanks around it.
func (c *cursor) text(end int) string {
	if end <= c.i {
		return ""
	}
	return strings.TrimSpace(c.sql[c.tokens[c.i].Offset:c.tokens[end-1].End()])
}
