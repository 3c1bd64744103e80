package parser

import (
	"cmp"
	"slices"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// tokens are those of a text that mean something.
type tokens []sqltext.Token

func scan(text string) tokens {
	var all tokens
	for t := range sqltext.Scan(text) {
		if !t.Kind.Blank() {
			all = append(all, t)
		}
	}
	return all
}

// A span is a range of bytes.
type span struct{ begin, end int }

// from returns the index of the first token at or behind an offset.
func (t tokens) from(offset int) int {
	i, _ := slices.BinarySearchFunc(t, offset, func(token sqltext.Token, offset int) int {
		return cmp.Compare(token.Offset, offset)
	})
	return i
}

// at returns the index of the token at an offset.
func (t tokens) at(offset int) (int, bool) {
	i := t.from(offset)
	return i, i < len(t) && t[i].Offset == offset
}

func (t tokens) is(i int, text string) bool { return i >= 0 && i < len(t) && t[i].Is(text) }

// next returns the index of the first token at or behind one that is a word or
// symbol, or the number of tokens.
func (t tokens) next(i int, text string) int {
	for i < len(t) && !t.is(i, text) {
		i++
	}
	return i
}

// path returns the places of names with dots between them that begin at a token,
// and the index behind them. ok is false if the text says something else there.
func (t tokens) path(i int, names []string) (spans []span, next int, ok bool) {
	for k, name := range names {
		if k > 0 {
			if !t.is(i, ".") {
				return nil, i, false
			}
			i++
		}
		place, after, ok := t.name(i, name)
		if !ok {
			return nil, i, false
		}
		spans, i = append(spans, place), after
	}
	return spans, i, len(names) > 0
}

// name returns the place of a name that is at a token.
func (t tokens) name(i int, name string) (place span, next int, ok bool) {
	if i < 0 || i >= len(t) {
		return span{}, i, false
	}
	token := t[i]
	place = span{token.Offset, token.End()}
	if name == star {
		return place, i + 1, token.Is(star)
	}
	if token.Kind == sqltext.UnicodeName {
		if t.is(i+1, "uescape") && i+2 < len(t) {
			return span{token.Offset, t[i+2].End()}, i + 3, true
		}
		return place, i + 1, true
	}
	got, ok := token.Identifier()
	return place, i + 1, ok && got == name
}

// listed returns the places of names with commas between them that begin at a
// token.
func (t tokens) listed(i int, names []string) ([]span, bool) {
	var spans []span
	for k, name := range names {
		if k > 0 {
			if !t.is(i, ",") {
				return nil, false
			}
			i++
		}
		place, next, ok := t.name(i, name)
		if !ok {
			return nil, false
		}
		spans, i = append(spans, place), next
	}
	return spans, true
}

// behind returns the index behind the bracket that closes the one at a token.
func (t tokens) behind(i int) int {
	depth := 0
	for ; i < len(t); i++ {
		switch {
		case t.is(i, "("), t.is(i, "["):
			depth++
		case t.is(i, ")"), t.is(i, "]"):
			depth--
		}
		if depth <= 0 {
			return i + 1
		}
	}
	return i
}
