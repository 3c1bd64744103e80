package hcl

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A ValueOption changes how ParseValue reads.
type ValueOption func(*valueReader)

type valueReader struct {
	where string
	field resolve.FieldOf
}

// At says where a value stands, for messages.
func At(where string) ValueOption { return func(r *valueReader) { r.where = where } }

// For has the value checked against the type that a field has in a state.
// The manifests of the detectors in use say what types are.
func For(field address.Address, in *state.State, manifests ...*detect.Manifest) ValueOption {
	return func(r *valueReader) { r.field = resolve.FieldOf{Field: field, State: in, Manifests: manifests} }
}

// ParseConversion reads an expression that says what the values of a field become in
// another type; see resolve.Conversion. Messages say where it stands.
func ParseConversion(text, where string, field address.Address) (expression.Node, diag.List) {
	file, e, problems := syntax.ParseExpression(where, []byte(text))
	if problems.HasErrors() {
		return expression.Node{}, problems
	}
	return resolve.Conversion(file, e, field)
}

// ParseValue reads an expression that stands for a value, such as the VALUE of
// --default FIELD=VALUE: 3, "novel" or now().
func ParseValue(text string, opts ...ValueOption) (expression.Node, diag.List) {
	r := valueReader{where: "value"}
	for _, opt := range opts {
		opt(&r)
	}
	file, e, problems := syntax.ParseExpression(r.where, []byte(text))
	if problems.HasErrors() {
		return expression.Node{}, problems
	}
	return resolve.Value(file, e, r.field)
}
