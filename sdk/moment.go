package sdk

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Moment renders SQL with the names that objects have in the database at one
// moment: before the migration, after it, or on the way back; see Work.From,
// Work.To and Work.Back. What goes wrong becomes the error of Detect.
type Moment struct {
	*Work
	get func(address.Address) *Object
	was bool // labels are those of before the renames
}

// Label returns the label of an object as an identifier, as it is at the moment: before
// the migration that of before a rename.
func (m Moment) Label(o *Object) string {
	if m.was {
		return Ident(m.Pass.Was(o.Address).Name())
	}
	return Ident(o.Address.Name())
}

// Get returns an object, or nil if it is not there.
func (m Moment) Get(a Address) *Object { return m.get(a) }

// With returns a moment at which objects are as given, whatever else is true of it.
func (m Moment) With(objects ...*Object) Moment {
	get := m.get
	m.get = func(a address.Address) *Object {
		for _, o := range objects {
			if o.Address == a {
				return o
			}
		}
		return get(a)
	}
	return m
}

// Has reports whether an object is there.
func (m Moment) Has(a Address) bool { return m.get(a) != nil }

// Find returns an object that has to be there.
func (m Moment) Find(a Address) *Object {
	if o := m.get(a); o != nil {
		return o
	}
	m.Fail(fmt.Errorf("%s is not in the state", a))
	return &Object{Address: a, Attrs: []byte("{}")}
}

// Managed reports whether the table that an object is part of is ours to change.
// What is no part of a table always is.
func (m Moment) Managed(o *Object) bool {
	for ; o != nil; o = m.get(o.Parent) {
		if o.Address.Kind() == model.ModelKind && AttrsOf[model.Model](m.Work, o).Unmanaged {
			return false
		}
	}
	return true
}

// Model returns what is known of a model.
func (m Moment) Model(a Address) model.Model { return AttrsOf[model.Model](m.Work, m.Find(a)) }

// Field returns what is known of a field.
func (m Moment) Field(a Address) model.Field { return AttrsOf[model.Field](m.Work, m.Find(a)) }

// Table returns schema.table of a model.
func (m Moment) Table(a Address) string {
	attrs := m.Model(a)
	return address.Qualify(attrs.Schema, attrs.Table)
}

// Column returns the column of a field.
func (m Moment) Column(a Address) string { return address.Quote(m.Field(a).Column) }

// Columns returns the columns of fields, with commas between them.
func (m Moment) Columns(refs []address.Ref) string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = m.Column(ref.Address)
	}
	return strings.Join(names, ", ")
}

// Type returns the type of a field.
func (m Moment) Type(t model.Type) string {
	name := t.SQL
	switch {
	case t.Of != nil && t.Several:
		of := AttrsOf[model.Range](m.Work, m.Find(t.Of.Address))
		name = address.Qualify(of.Schema, of.Multirange)
	case t.Of != nil:
		name = m.name(t.Of.Address, sqltext.Qualified)
	}
	return name + strings.Repeat("[]", t.Dimensions)
}

// Qualified returns schema.name of an object that has the attributes schema and
// name, such as an enum or a domain.
func (m Moment) Qualified(a Address) string {
	o := m.Find(a)
	if name, known := m.names[o]; known {
		return name
	}
	named, err := state.Decode[struct{ Schema, Name string }](o)
	if err != nil {
		m.Fail(fmt.Errorf("attributes of %s: %w", a, err))
	}
	m.names[o] = address.Qualify(named.Schema, named.Name)
	return m.names[o]
}

// SQL returns an expression over the columns of one table, for a place where any
// expression can stand.
func (m Moment) SQL(e Expression) string {
	text, err := m.printer().SQL(e)
	if err != nil {
		m.Fail(err)
	}
	return text
}

// Enclosed returns an expression for a place that takes operators in parentheses
// only, such as a default.
func (m Moment) Enclosed(e Expression) string {
	text, err := m.printer().Enclosed(e)
	if err != nil {
		m.Fail(err)
	}
	return text
}

func (m Moment) printer() expression.Printer {
	return expression.Printer{
		Field: func(path []address.Ref) (string, error) {
			if len(path) != 1 {
				return "", fmt.Errorf("%s is a field of another model", path[len(path)-1])
			}
			return m.Column(path[0].Address), nil
		},
		Type: func(t address.Ref) (string, error) { return m.name(t.Address, sqltext.Qualified), nil },
	}
}
