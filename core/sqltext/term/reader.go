package term

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// deepest is how many terms may stand in each other.
const deepest = 200

// A reader reads the tokens of an expression by precedence.
type reader struct {
	sql    string
	tokens []sqltext.Token
	at     int
	depth  int
}

// scan reads the tokens. It is false for text that hides what it says.
func (r *reader) scan() bool {
	for t := range sqltext.Scan(r.sql) {
		switch {
		case t.Kind.Blank():
		case t.Open, t.Kind == sqltext.Semicolon, t.Kind == sqltext.UnicodeName:
			return false
		default:
			r.tokens = append(r.tokens, t)
		}
	}
	return true
}

func (r *reader) peek(ahead int) sqltext.Token {
	if r.at+ahead < len(r.tokens) {
		return r.tokens[r.at+ahead]
	}
	return sqltext.Token{Offset: len(r.sql)}
}

func (r *reader) is(words ...string) bool {
	for i, word := range words {
		if !r.peek(i).Is(word) {
			return false
		}
	}
	return true
}

func (r *reader) take(words ...string) bool {
	found := r.is(words...)
	if found {
		r.at += len(words)
	}
	return found
}

// end returns where the last token ends that was read.
func (r *reader) end() int { return r.peek(min(r.at, len(r.tokens)) - 1 - r.at).End() }

// An infix is an operator between two terms, with how tightly it binds, as in
// PostgreSQL's table of precedence.
type infix struct {
	text  string
	binds int
	words int // tokens that it has
}

const (
	ofOr = iota + 1
	ofAnd
	ofNot
	ofIs
	ofComparison
	ofMember
	ofOther
	ofSum
	ofProduct
	ofPower
	ofZone
	ofSign
)

// infix returns the operator that comes next.
func (r *reader) infix() (infix, bool) {
	first := r.peek(0)
	switch {
	case first.Is("or"):
		return infix{"OR", ofOr, 1}, true
	case first.Is("and"):
		return infix{"AND", ofAnd, 1}, true
	case r.is("is"), r.is("isnull"), r.is("notnull"):
		return infix{"IS", ofIs, 1}, true
	case r.is("at", "time", "zone"):
		return infix{"AT TIME ZONE", ofZone, 3}, true
	case first.Is("not") && r.member(1), r.member(0):
		return infix{"IN", ofMember, 1}, true
	case first.Kind == sqltext.Symbol && strings.Contains(symbols, first.Text):
		return r.symbol()
	}
	return infix{}, false
}

// member reports whether a word of membership or likeness comes.
func (r *reader) member(ahead int) bool {
	return slices.ContainsFunc([]string{"in", "between", "like", "ilike", "similar"}, r.peek(ahead).Is)
}

const symbols = "+-*/<>=~!@#%^&|`?"

// symbol returns the operator of symbols that stick to each other.
func (r *reader) symbol() (infix, bool) {
	text, count := "", 0
	for t := r.peek(0); t.Kind == sqltext.Symbol && strings.Contains(symbols, t.Text) && (count == 0 || t.Offset == r.peek(count-1).End()); t = r.peek(count) {
		text += t.Text
		count++
	}
	// A sign behind another operator is the operand's, unless the operator has one of
	// these.
	for count > 1 && (strings.HasSuffix(text, "-") || strings.HasSuffix(text, "+")) && !strings.ContainsAny(text, "~!@#%^&|`?") {
		text = text[:len(text)-1]
		count--
	}
	binds := ofOther
	switch text {
	case "<", ">", "=", "<=", ">=", "<>", "!=":
		binds = ofComparison
	case "+", "-":
		binds = ofSum
	case "*", "/", "%":
		binds = ofProduct
	case "^":
		binds = ofPower
	}
	return infix{text, binds, count}, true
}

// expression reads a term up to an operator that binds less tightly.
func (r *reader) expression(binds int) (t Term, ok bool) {
	if r.depth++; r.depth > deepest {
		return t, false
	}
	defer func() { r.depth-- }()
	t, ok = r.prefix()
	for ok {
		o, found := r.infix()
		if !found || o.binds <= binds {
			return t, true
		}
		t, ok = r.operation(t, o)
	}
	return t, false
}

// operation reads what stands behind a term.
func (r *reader) operation(left Term, o infix) (t Term, ok bool) {
	t = Term{Kind: Operator, Text: o.text, Args: []Term{left}, Begin: left.Begin}
	switch o.binds {
	case ofIs:
		ok = r.isWhat(&t)
	case ofMember:
		ok = r.memberOf(&t)
	default:
		r.at += o.words
		if r.is("any", "(") || r.is("some", "(") || r.is("all", "(") {
			r.at++
			ok = r.skipped()
			t.Args = append(t.Args, Term{Begin: t.Begin, End: t.Begin})
			break
		}
		var right Term
		right, ok = r.expression(o.binds)
		t.Args = append(t.Args, right)
	}
	if ok {
		t.End = r.end()
	}
	return t, ok
}

// isWhat reads IS NULL and its likes.
func (r *reader) isWhat(t *Term) bool {
	if !r.take("is") {
		r.at++
		return true
	}
	r.take("not")
	if r.take("distinct", "from") {
		right, ok := r.expression(ofComparison)
		t.Args = append(t.Args, right)
		return ok
	}
	for _, word := range []string{"null", "true", "false", "unknown", "document"} {
		if r.take(word) {
			return true
		}
	}
	return false
}

// memberOf reads IN, BETWEEN and LIKE with what they compare with.
func (r *reader) memberOf(t *Term) bool {
	r.take("not")
	switch {
	case r.take("in"):
		return r.list(t)
	case r.take("between"):
		r.take("symmetric")
		low, ok := r.expression(ofMember)
		if !ok || !r.take("and") {
			return false
		}
		high, ok := r.expression(ofMember)
		t.Args = append(t.Args, low, high)
		return ok
	}
	t.Text = "LIKE"
	if r.take("similar") {
		r.take("to")
	} else {
		r.at++
	}
	right, ok := r.expression(ofMember)
	t.Args = append(t.Args, right)
	if ok && r.take("escape") {
		_, ok = r.expression(ofMember)
	}
	return ok
}

// list reads the values of IN, or skips a query there.
func (r *reader) list(t *Term) bool {
	if !r.is("(") || r.queryAt(1) {
		return r.skipped()
	}
	r.at++
	args, ok := r.arguments()
	t.Args = append(t.Args, args...)
	return ok
}

// queryAt reports whether a query begins at a token.
func (r *reader) queryAt(ahead int) bool {
	return slices.ContainsFunc([]string{"select", "with", "values", "table"}, r.peek(ahead).Is)
}

// arguments reads terms with commas between them, and the parenthesis that ends them.
func (r *reader) arguments() (args []Term, ok bool) {
	if r.take(")") {
		return nil, true
	}
	for {
		arg, ok := r.expression(0)
		if !ok {
			return nil, false
		}
		args = append(args, arg)
		if r.take(")") {
			return args, true
		}
		if !r.take(",") {
			return nil, false
		}
	}
}

// skipped skips what stands between parentheses or brackets.
func (r *reader) skipped() bool {
	depth := 0
	for r.at < len(r.tokens) {
		switch {
		case r.is("("), r.is("["):
			depth++
		case r.is(")"), r.is("]"):
			depth--
		}
		if r.at++; depth == 0 {
			return r.tokens[r.at-1].Is(")") || r.tokens[r.at-1].Is("]")
		}
	}
	return false
}
