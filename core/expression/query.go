package expression

import "github.com/whimbreldb/whimbrel/core/address"

// A Query selects rows of a model, as the block
//
//	query {
//	  filter   = ...   # Where, before annotate
//	  values   = [...]
//	  annotate = { name = aggregate }
//	  filter   = ...   # Having, after annotate
//	}
//
// of the model language does. Without Annotate every row of Model that passes
// Where is a result. With it, rows are grouped by Values (by the primary key of
// Model where Values is empty) and the groups that pass Having are results.
type Query struct {
	Annotate []Annotation `json:"annotate,omitempty"`
	Having   []Node       `json:"having,omitempty"`
	Model    address.Ref  `json:"model"`
	Values   []Node       `json:"values,omitempty"`
	Where    []Node       `json:"where,omitempty"`
}

// An Annotation is a named aggregate of a query.
type Annotation struct {
	As    string `json:"as"`
	Value Node   `json:"value"`
}

// Fields returns the address of every field that the query reads, in the order
// of their first appearance.
func (q Query) Fields() []address.Address {
	all := Node{Kind: List}
	all.Args = append(all.Args, q.Where...)
	all.Args = append(all.Args, q.Values...)
	for _, a := range q.Annotate {
		all.Args = append(all.Args, a.Value)
	}
	all.Args = append(all.Args, q.Having...)
	return all.Fields()
}
