package resolve

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/expression"
	kinds "github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A FieldOf is a field of a state, whose type a value has to have. The zero
// FieldOf is none, and the value can be of any type.
type FieldOf struct {
	Field address.Address
	State *state.State
}

// Value resolves an expression that stands for a value by itself, such as the
// VALUE of --default FIELD=VALUE: 3, "novel" or now(). The name of the document
// says in messages where it stands.
func Value(file *declare.Document, e *declare.Expr, field FieldOf) (expression.Node, diag.List) {
	l := newLoader(Tree{}, newCatalog(nil, nil))
	a := &app{App: source.App{Schema: publicSchema}, models: map[string]*model{}, enums: map[string]*enum{}, domains: map[string]*domain{}}
	s := &scope{
		l: l, file: file, app: a, what: file.Name, uses: &uses{},
		noFields: "A value cannot name fields. In a shell, text needs quotes within quotes: '\"novel\"'.",
	}
	n, ok := s.translate(e)
	if ok {
		l.checkDefault(declare.Place{Document: file, Span: e.Span}, n, storedType(field.State, field.Field), file.Name)
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
		known := typeReader{newLoader(Tree{}, newCatalog(nil, nil)), &declare.Document{}, &app{}}.sql(declare.Place{}, t.SQL)
		like := *known
		like.Type = t
		return &like
	}
	o := to.Get(t.Of.Address)
	if o == nil {
		return nil
	}
	if values, err := state.Decode[kinds.Enum](o); err == nil && o.Address.Kind() == kinds.EnumKind {
		return &typ{Type: t, enum: &enum{topBlock: topBlock{name: o.Address.Name()}, values: values.Values}}
	}
	d, err := state.Decode[kinds.Domain](o)
	if err != nil || t.Dimensions > 0 {
		return nil
	}
	return knownType(to, d.Type, depth+1)
}
