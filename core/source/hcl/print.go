package hcl

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// Print returns a tree as the text of a model file, as a careful person would
// write it: reading it gives the tree again, but for its places and parentheses
// that it needs. The error says what no text can say, such as an argument whose
// name is no identifier.
func Print(body *declare.Body) ([]byte, error) {
	return PrintDocument(&declare.Document{Name: "a tree", Body: body})
}

// PrintDocument returns the tree of a document, as Print does. Expressions that
// the model language has no use for, such as templates, are taken from the text of
// the document. Comments are in no tree; see Format.
func PrintDocument(d *declare.Document) ([]byte, error) { return syntax.Print(d) }
