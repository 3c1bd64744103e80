package runner

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// alike reports whether two definitions say the same but for schemas of a database that
// stand in front of names in one of them only. The body of a function is kept as it was written, and
// whimbrel writes the schemas of names into it.
func alike(a, b string, schemas map[string]bool) bool {
	left, right := newWords(a), newWords(b)
	for len(left) > 0 && len(right) > 0 {
		switch {
		case left[0].Text == right[0].Text, bodiesAlike(left[0], right[0], schemas):
			left, right = left[1:], right[1:]
		case left.qualifies(right, schemas):
			left = left[2:]
		case right.qualifies(left, schemas):
			right = right[2:]
		default:
			return false
		}
	}
	return len(left)+len(right) == 0
}

// qualifies reports whether a schema comes next, and behind it what comes next in others.
func (w words) qualifies(others words, schemas map[string]bool) bool {
	if len(w) < 3 || !w[1].Is(".") {
		return false
	}
	schema, ok := w[0].Identifier()
	return ok && schemas[schema] && w[2].Text == others[0].Text
}

// bodiesAlike compares two strings in dollars, whatever their tags.
func bodiesAlike(a, b sqltext.Token, schemas map[string]bool) bool {
	return a.Kind == sqltext.DollarString && b.Kind == a.Kind && alike(body(a.Text), body(b.Text), schemas)
}

// body returns what stands between the dollars.
func body(text string) string {
	tag := strings.IndexByte(text[1:], '$') + 2
	return strings.TrimSuffix(text[tag:], text[:tag])
}
