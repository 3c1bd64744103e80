// Package expression holds the expressions and queries of the model language as
// typed values: parsed, with every name resolved to the address of a field.
//
// Checks, index keys, defaults, generated fields and the queries of plugins are
// such values. They are translated to SQL and never evaluated. Front ends build
// them, objects keep them in their attributes as JSON, renderers print them with
// SQL. The package does no parsing.
package expression

import (
	"github.com/whimbreldb/whimbrel/core/address"
)

// A Kind says what a Node is.
type Kind string

// The kinds of nodes, and what each keeps in Text, Args and Path.
const (
	Field       Kind = "field"       // Path: foreign keys to follow, then the field; see below
	Name        Kind = "name"        // Text: the name of an annotation of the query
	Number      Kind = "number"      // Text: the digits as the user wrote them
	String      Kind = "string"      // Text: the characters, unquoted
	Bool        Kind = "bool"        // Text: true or false
	Null        Kind = "null"        //
	List        Kind = "list"        // Args: the elements
	Call        Kind = "call"        // Text: the function's name, or Path: a declared function; Args: its arguments
	Operator    Kind = "operator"    // Text: as in the model language, Args: one or two operands
	Conditional Kind = "conditional" // Args: condition, then, else
	Cast        Kind = "cast"        // Text: the type as SQL (or Path: an enum or domain), Args: the operand
	SQL         Kind = "sql"         // Text: SQL that is used as it is; or Args: pieces of SQL, and fields and objects between them
	Object      Kind = "object"      // Path: an object that is named; Text: how, see below
	Select      Kind = "select"      // Path: a model, Args: a condition on its rows, then a value of them or nothing
	Outer       Kind = "outer"       // Args: an expression over the rows that the Select around it is about
)

// The path of a Field can follow a foreign key backwards, to all rows that refer
// to one: then the model that has the foreign key stands before it.
//
// The Text of an Object is a sqltext.Form, as a piece of SQL. Without one it is what
// nextval and the like take: text that is the name of a sequence.

// A Node is an expression. Its JSON form is canonical: two expressions that
// differ in blanks, parentheses without effect or comments only have equal bytes.
type Node struct {
	Args []Node        `json:"args,omitempty"`
	Kind Kind          `json:"kind"`
	Path []address.Ref `json:"path,omitempty"`
	Text string        `json:"text,omitempty"`
}

// Walk calls visit for the node and everything in it, outermost first.
func (n Node) Walk(visit func(Node)) {
	visit(n)
	for _, arg := range n.Args {
		arg.Walk(visit)
	}
}

// WalkOwn calls visit for the parts of the node that are about the rows that the
// node is about: those in a Select are not, but what is Outer there is.
func (n Node) WalkOwn(visit func(Node)) { n.walkOwn(0, visit) }

func (n Node) walkOwn(depth int, visit func(Node)) {
	if depth == 0 {
		visit(n)
	}
	switch n.Kind {
	case Select:
		depth++
	case Outer:
		depth--
	}
	for _, arg := range n.Args {
		arg.walkOwn(depth, visit)
	}
}

// Has reports whether a node of a kind is in the node.
func (n Node) Has(kind Kind) bool {
	found := false
	n.Walk(func(n Node) { found = found || n.Kind == kind })
	return found
}

// Fields returns the address of every field in the node, those on the way
// through foreign keys included, in the order of their first appearance. The types
// of casts and the models of subqueries are among them, and no functions and
// sequences.
func (n Node) Fields() []address.Address {
	var found []address.Address
	seen := map[address.Address]bool{}
	n.Walk(func(n Node) {
		if n.Kind == Call || n.Kind == Object {
			return
		}
		for _, step := range n.Path {
			if !seen[step.Address] {
				seen[step.Address] = true
				found = append(found, step.Address)
			}
		}
	})
	return found
}
