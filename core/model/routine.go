package model

import "github.com/whimbreldb/whimbrel/core/expression"

// An Argument is one of a function, or a column of the table that it returns.
type Argument struct {
	Default *expression.Node `json:"default,omitempty"`
	Mode    string           `json:"mode,omitempty"` // "out", "inout" or "variadic"; empty: in
	Name    string           `json:"name"`
	Type    Type             `json:"type"`
}

// A Result is what a function returns: a value, a set of them, or a table.
type Result struct {
	Set   bool       `json:"set,omitempty"`
	Table []Argument `json:"table,omitempty"`
	// Type can be a pseudo-type, such as trigger or void, and the row type of a model.
	Type Type `json:"type,omitzero"`
}

// A Column is one of a query's result.
type Column struct {
	Name string `json:"name"`
	// Type is SQL, for what is simply a column or a cast; else it is empty and only
	// the server knows.
	Type string `json:"type,omitempty"`
	// Given: somebody gave it the name, and the query does not.
	Given bool `json:"given,omitempty"`
}
