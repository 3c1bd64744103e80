// Package term reads simple expressions in SQL as trees, for whoever wants to know of
// what types they are. It knows the grammar of operators, casts and calls; of anything
// else, such as a subquery, it says no more than where it stands. It is no judge of
// syntax: what it cannot read is no mistake.
package term

// A Kind says what a term is.
type Kind int

// The kinds of terms.
const (
	Opaque   Kind = iota // nothing is known of it
	Column               // Parts are its name, with that of the relation before it
	Number               // Text as it is written
	String               // a literal in quotes, which can be of any type
	Bool                 // true or false
	Null                 // NULL
	Keyword              // a value without parentheses: current_date
	Call                 // Parts are the name of the function
	Cast                 // Text is the type
	Operator             // Text in capitals: "<", "AND", "IS"; one argument or more
	Choice               // one of the arguments: CASE, COALESCE
)

// A Term is a part of an expression.
type Term struct {
	Kind  Kind
	Text  string
	Parts []string
	Args  []Term
	// Rest are terms in it that are not its arguments: the conditions of CASE.
	Rest []Term
	// Begin and End are where it stands in the text, in bytes.
	Begin, End int
}

// All calls a function with a term and what is in it, what is outside first.
func (t Term) All(do func(Term)) {
	do(t)
	for _, list := range [][]Term{t.Args, t.Rest} {
		for _, inner := range list {
			inner.All(do)
		}
	}
}

// Read reads an expression. It returns false where it does not understand it.
func Read(sql string) (t Term, ok bool) {
	r := &reader{sql: sql}
	if !r.scan() {
		return t, false
	}
	t, ok = r.expression(0)
	return t, ok && r.at == len(r.tokens)
}
