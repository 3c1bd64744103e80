package hcl

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A ValueOption changes how ParseValue reads.
type ValueOption func(*valueReader)

type valueReader struct {
	where string
	state *state.State
	field address.Address
}

// At says where a value stands, for messages.
func At(where string) ValueOption { return func(r *valueReader) { r.where = where } }

// For has the value checked against the type that a field has in a state.
func For(field address.Address, in *state.State) ValueOption {
	return func(r *valueReader) { r.field, r.state = field, in }
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
	l := newLoader(source.Project{}, newCatalog(nil, nil))
	a := &app{App: source.App{Schema: publicSchema}, models: map[string]*model{}, enums: map[string]*enum{}, domains: map[string]*domain{}}
	s := &scope{l: l, file: file, app: a, what: r.where, noFields: "A value cannot name fields. In a shell, text needs quotes within quotes: '\"novel\"'.", uses: &uses{}}
	n, ok := s.translate(e)
	if ok {
		l.checkDefault(spot{file, e.Span}, n, storedType(r.state, r.field), r.where)
	}
	return n, l.list().Sorted()
}

// storedType returns the type of a field in a state, or nil if it is not known.
func storedType(to *state.State, field address.Address) *typ {
	o := to.Get(field)
	if o == nil {
		return nil
	}
	attrs, err := state.Decode[kinds.Field](o)
	if err != nil {
		return nil
	}
	return knownType(to, attrs.Type, 0)
}

func knownType(to *state.State, t kinds.Type, depth int) *typ {
	if t.Of == nil || depth > 16 {
		known := typeReader{newLoader(source.Project{}, newCatalog(nil, nil)), &syntax.File{}, &app{}}.sql(spot{}, t.SQL)
		like := *known
		like.Type = t
		return &like
	}
	o := to.Get(t.Of.Address)
	if o == nil {
		return nil
	}
	if values, err := state.Decode[kinds.Enum](o); err == nil && o.Address.Kind() == kinds.EnumKind {
		return &typ{Type: t, enum: &enum{declared: declared{name: o.Address.Name()}, values: values.Values}}
	}
	d, err := state.Decode[kinds.Domain](o)
	if err != nil || t.Dimensions > 0 {
		return nil
	}
	return knownType(to, d.Type, depth+1)
}
