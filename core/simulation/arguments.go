package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// arguments takes the arguments of a function in parentheses, and returns their types
// as Name has them.
func (c *cursor) arguments() string {
	inner, ok := c.inside()
	if !ok {
		return anyArgs
	}
	var types []string
	for _, item := range inner.items() {
		if item.take("out") {
			continue
		}
		item.any("in", "inout", "variadic")
		begin := item.i
		item.until("default", "=")
		typ, ok := argument(item.part(begin, item.i))
		if !ok {
			return anyArgs
		}
		types = append(types, typ)
	}
	return joined(types)
}

func joined(types []string) string {
	if len(types) == 0 {
		return ""
	}
	return " " + strings.Join(types, "\x00")
}

// argument returns the type of an argument, which may have a name before it.
func argument(c *cursor) (string, bool) {
	for range 2 {
		if typ, err := pgtype.Parse(c.text(c.end)); err == nil {
			return identity(typ), true
		}
		if c.identifier() == "" {
			break
		}
	}
	return "", false
}

// identity returns a type as far as it tells functions apart.
func identity(typ pgtype.Name) string {
	text := typ.Base()
	if typ.Dimensions() > 0 {
		text += "[]"
	}
	return text
}
