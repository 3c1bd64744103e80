// Package declare holds what front ends read: a small tree of blocks, arguments
// and expressions that are never evaluated, each with its place.
//
// A front end (HCL, SQL, Go structs, a catalog, tables) reads into this tree and
// knows no meaning; core/declare/resolve turns it into objects; printers write it
// down again. The package knows nothing of models.
package declare

// A Body is what stands in a file or between the braces of a block.
type Body struct {
	Attrs  []*Attr  // in the order of the source; a name can come twice
	Blocks []*Block // in the order of the source
}

// An Attr is NAME = VALUE.
type Attr struct {
	Name  Name
	Value *Expr
	Span  Span
}

// A Block is TYPE "LABEL" { BODY }.
type Block struct {
	Type   Name
	Labels []Name
	Body   *Body
	Span   Span // from the type to the closing brace
}

// A Name is an identifier or a label with its place. The place of a quoted
// label includes the quotes.
type Name struct {
	Text string
	Span Span
}

// A Kind says what an Expr is.
type Kind uint8

// The kinds of expressions, and what each keeps in Text, Names, Args and Keys.
const (
	Word        Kind = iota + 1 // Names: of a.b.c
	String                      // Text: the characters
	Number                      // Text: the digits as written
	Bool                        // Text: true or false
	Null                        //
	Call                        // Text: the function's name, Args
	List                        // Args: the elements
	Object                      // Keys and Args: keys and values
	Operator                    // Text: the operator, Args: one or two operands
	Conditional                 // Args: condition, then, else
	Paren                       // Args: what stands in parentheses
	Template                    // a string with ${} or %{} in it
	Index                       // a[b]
	Splat                       // a.* or a[*]
	For                         // [for ...] or {for ...}
	Access                      // (a).b
	Expand                      // f(a...)
)

// An Expr is an expression.
type Expr struct {
	Kind  Kind
	Span  Span
	Text  string
	Names []Name
	Args  []*Expr
	Keys  []*Expr
}
