package parser

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// libpg_query has a stack of 64 kB. What goes beyond it is written over its own
// data, silently: from then on it reads SQL wrongly. So text that could nest too
// deeply is refused before. The costs are bytes of stack, above what has been
// measured for the worst of their kind; together they may take two thirds of it.
const (
	stack       = 44_000
	bracketCost = 440 // a query in parentheses takes 368
	stepCost    = 200 // AT TIME ZONE takes 176
)

// maxSize is how long a text may be, in bytes.
const maxSize = 1 << 20

// tooDeep returns the offset at which text is nested too deeply, or -1.
func tooDeep(text string) int {
	var measured depths
	levels := []level{{}}
	var last sqltext.Token
	for t := range sqltext.Scan(text) {
		if t.Kind.Blank() {
			continue
		}
		levels = measured.take(levels, t, last)
		if last = t; measured.most > stack || len(levels)*bracketCost > stack {
			return t.Offset
		}
	}
	for len(levels) > 1 {
		levels = measured.closed(levels)
	}
	if measured.most > stack {
		return len(text)
	}
	return -1
}

// A level is what stands between two brackets, as far as it has been read. Its
// segments are divided by commas and by keywords that do not nest.
type level struct {
	end      string // the word or symbol that ends it
	joined   int    // joins and set operations: each is in the next one
	segments int    // the deepest one
	steps    int    // operators of the segment being read
	inner    int    // the deepest bracket in it
}

func (l level) depth() int { return l.joined + max(l.segments, l.steps+l.inner) }

// depths measures how deep a text nests, from above.
type depths struct{ most int }

func (d *depths) take(levels []level, t, last sqltext.Token) []level {
	top := &levels[len(levels)-1]
	switch word := strings.ToLower(t.Text); {
	case t.Kind == sqltext.Semicolon:
		*top = level{end: top.end, segments: max(top.segments, top.depth())}
	case t.Kind != sqltext.Symbol && t.Kind != sqltext.Word:
	case word == top.end && word != "" && len(levels) > 1:
		return d.closed(levels)
	case closing(word) != "":
		return append(levels, level{end: closing(word)})
	case word == "," || dividing.has(word):
		top.segments, top.steps, top.inner = max(top.segments, top.steps+top.inner), 0, 0
	case joining.has(word):
		top.joined += stepCost
	case stepping.has(word), t.Kind == sqltext.Symbol && begins(t, last):
		top.steps += stepCost
	}
	d.most = max(d.most, levels[len(levels)-1].depth())
	return levels
}

// begins reports whether a symbol begins an operator. A sign can do so wherever
// it stands: +-+-a has four.
func begins(t, last sqltext.Token) bool {
	beside := last.Kind == sqltext.Symbol && last.End() == t.Offset
	return t.Text != "." && (!beside || t.Text == "+" || t.Text == "-")
}

// closed takes the last level into the one before it.
func (d *depths) closed(levels []level) []level {
	last := levels[len(levels)-1]
	levels = levels[:len(levels)-1]
	top := &levels[len(levels)-1]
	top.inner = max(top.inner, bracketCost+last.depth())
	d.most = max(d.most, top.depth())
	return levels
}

const (
	dividing words = " and or when then else on where select from group order having limit set values returning using by "
	joining  words = " join union intersect except "
	stepping words = " not is isnull notnull at collate between in like ilike similar over filter within explain operator "
)

// closing returns what ends the bracket that a token begins, or "".
func closing(word string) string {
	switch word {
	case "(":
		return ")"
	case "[":
		return "]"
	case "case":
		return "end"
	}
	return ""
}
