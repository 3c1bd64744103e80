package migration

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A cursor reads JSON from front to back. Replaying reads every edit of a
// history; encoding/json takes four times as long for them. After the first
// mistake it keeps err and reads nothing.
type cursor struct {
	data      []byte
	at        int
	err       error
	addresses map[string]address.Address // those met already
}

func newCursor(data []byte) *cursor {
	return &cursor{data: data, addresses: map[string]address.Address{}}
}

func (c *cursor) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// peek returns the next byte that is no blank, or 0.
func (c *cursor) peek() byte {
	for c.err == nil && c.at < len(c.data) {
		switch b := c.data[c.at]; b {
		case ' ', '\n', '\t', '\r':
			c.at++
		default:
			return b
		}
	}
	return 0
}

// take reads one byte and reports whether it was there.
func (c *cursor) take(b byte) bool {
	if c.peek() != b || c.err != nil {
		return false
	}
	c.at++
	return true
}

func (c *cursor) want(b byte) {
	if !c.take(b) {
		c.fail(fmt.Errorf("want %q", string(b)))
	}
}

// object calls member for each name, to read the value.
func (c *cursor) object(member func(name string)) {
	c.want('{')
	for first := true; c.err == nil && !c.take('}'); first = false {
		if !first {
			c.want(',')
		}
		name := c.text()
		c.want(':')
		if c.err == nil {
			member(name)
		}
	}
}

// array calls element for each one, to read it.
func (c *cursor) array(element func()) {
	c.want('[')
	for first := true; c.err == nil && !c.take(']'); first = false {
		if !first {
			c.want(',')
		}
		element()
	}
}

// text reads a string.
func (c *cursor) text() string {
	quoted := c.quoted()
	if c.err != nil {
		return ""
	}
	return c.unquote(quoted)
}

func (c *cursor) unquote(quoted []byte) string {
	for _, b := range quoted[1 : len(quoted)-1] {
		if b == '\\' || b < ' ' {
			var text string
			if err := json.Unmarshal(quoted, &text); err != nil {
				c.fail(err)
			}
			return text
		}
	}
	return string(quoted[1 : len(quoted)-1])
}

// quoted reads a string and returns it with its quotes.
func (c *cursor) quoted() []byte {
	if c.peek() != '"' {
		c.fail(errors.New("want a string"))
		return nil
	}
	begin := c.at
	for c.at++; c.at < len(c.data); c.at++ {
		switch c.data[c.at] {
		case '\\':
			c.at++
		case '"':
			c.at++
			return c.data[begin:c.at]
		}
	}
	c.at = begin
	c.fail(errors.New("a string without end"))
	return nil
}

// raw reads any value and returns its bytes.
func (c *cursor) raw() []byte {
	c.peek()
	begin, depth := c.at, 0
	for c.err == nil && c.at < len(c.data) {
		switch c.data[c.at] {
		case '"':
			c.quoted()
			c.at--
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				return c.value(begin)
			}
		}
		if depth < 0 { // the end of what the value is part of
			return c.value(begin)
		}
		c.at++
	}
	c.fail(errors.New("a value without end"))
	return nil
}

func (c *cursor) value(begin int) []byte {
	if begin == c.at {
		c.fail(errors.New("want a value"))
	}
	return c.data[begin:c.at:c.at]
}

// decode reads any value as encoding/json does.
func (c *cursor) decode(v any) {
	begin := c.at
	raw := c.raw()
	if c.err != nil {
		return
	}
	if err := json.Unmarshal(raw, v); err != nil {
		c.at = begin
		c.fail(err)
	}
}

// integer reads a whole number.
func (c *cursor) integer() int {
	n, err := strconv.Atoi(string(trimmed(c.raw())))
	if err != nil {
		c.fail(err)
	}
	return n
}

// address reads an address.
func (c *cursor) address() address.Address {
	quoted := c.quoted()
	if c.err != nil {
		return address.Address{}
	}
	if a, ok := c.addresses[string(quoted)]; ok {
		return a
	}
	var a address.Address
	if err := a.UnmarshalText([]byte(c.unquote(quoted))); err != nil {
		c.fail(err)
	}
	c.addresses[string(quoted)] = a
	return a
}
