package ddl

// A Kind says what an Expr is.
type Kind uint8

// The kinds of expressions, and what each keeps in Text, Names, Type and Args.
const (
	Unknown  Kind = iota // what has no kind here: only the whole text says it
	Column               // Names: of a.b.c
	Number               // Text: the digits
	String               // Text: the characters
	Bool                 // Text: true or false
	Null                 //
	Call                 // Names: of the function, Args
	Keyword              // Text: such as current_date
	Operator             // Text: of SQL, in capitals; Args: one or two
	IsNull               // Args: one
	NotNull              // Args: one
	Cast                 // Type, Args: one
	In                   // Args: what is looked for, then the values
	Between              // Args: three
	Case                 // Args: condition, then, condition, then, ..., else if there are an odd number
	Array                // Args: the elements
	Coalesce             // Args
)

// An Expr is an expression.
type Expr struct {
	Kind  Kind
	Text  string
	Names []string
	Type  *Type
	Args  []*Expr
	// SQL is the text of an expression that is part of no other one, and Span its place.
	SQL  string
	Span Span
}

// Known reports whether every part of the expression has a kind.
func (e *Expr) Known() bool {
	if e.Kind == Unknown {
		return false
	}
	for _, arg := range e.Args {
		if !arg.Known() {
			return false
		}
	}
	return true
}

// expr reads an expression whose text is between two tokens.
func (r *reader) expr(v any, from, to int) *Expr {
	e := r.part(v)
	e.SQL, e.Span = r.cut(from, to)
	return e
}

// inBrackets reads the expression in the brackets that begin at a token.
func (r *reader) inBrackets(v any, i int) *Expr {
	e := r.part(v)
	e.SQL, e.Span = r.inside(i)
	return e
}
