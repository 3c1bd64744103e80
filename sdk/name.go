package sdk

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
	"github.com/whimbreldb/whimbrel/core/state"
)

// called returns what an object is called in the database: a table, a column, or
// what the attributes schema and name say, which every block that stands by itself
// has. Without a name it is the last one of its address. schema is empty where it
// stands in none.
func called(o *Object) (schema, name string, err error) {
	switch o.Address.Kind() {
	case model.ModelKind:
		attrs, err := state.Decode[model.Model](o)
		return attrs.Schema, attrs.Table, err
	case model.FieldKind:
		attrs, err := state.Decode[model.Field](o)
		if err == nil && attrs.Column == "" {
			err = fmt.Errorf("%s has no column", o.Address)
		}
		return "", attrs.Column, err
	}
	attrs, err := state.Decode[struct{ Schema, Name string }](o)
	if attrs.Name == "" {
		attrs.Name = o.Address.Name()
	}
	return attrs.Schema, attrs.Name, err
}

// nameIn returns the name of an object in a state for SQL, with its schema or alone.
func nameIn(s *State, a Address, form sqltext.Form) (string, error) {
	o := s.Get(a)
	if o == nil {
		return "", fmt.Errorf("there is no %s", a)
	}
	return nameOfObject(o, form)
}

func nameOfObject(o *Object, form sqltext.Form) (string, error) {
	schema, name, err := called(o)
	if err != nil {
		return "", err
	}
	return written(schema, name, form), nil
}

// written returns a name for SQL, with its schema or alone.
func written(schema, name string, form sqltext.Form) string {
	switch {
	case schema != "":
		return form.Write(schema, name)
	case form == sqltext.InString:
		return Literal(Ident(name))
	}
	return Ident(name)
}

// Name returns what the object of the option is called in the database, without
// its schema.
func (d *Declared[T]) Name() string { return d.own(sqltext.Name) }

// Qualified returns what the object of the option is called in the database,
// schema.name where it stands in a schema: in that of the argument with the tag
// names:"schema", else, as part of a model, in that of the table.
func (d *Declared[T]) Qualified() string { return d.own(sqltext.Qualified) }

// own returns what the object of the option is called, by the label that it has at the
// time where it does not say.
func (d *Declared[T]) own(form sqltext.Form) string {
	o := *d.Object
	if names := o.Address.Names(); d.label != "" {
		o.Address = address.New(o.Address.Kind(), append(names[:len(names)-1], d.label)...)
	}
	schema, name, err := called(&o)
	d.trouble.keep(err)
	if schema == "" && d.inSchema() {
		schema, _ = d.seat(nil)
	}
	return written(schema, name, form)
}

// inSchema reports whether the name of what is part of a model is one in a schema.
func (d *Declared[T]) inSchema() bool {
	return !d.Object.Parent.IsZero() && slices.ContainsFunc(namesIn(reflect.TypeFor[T]()), func(n nameTag) bool {
		return n.class != string(detect.NamesSchema) && detect.NameClass(n.class).Scope() == detect.InSchema
	})
}

// NameOf returns what an object that an argument names is called in the database:
// schema.name where it stands in a schema, the column of a field.
func (d *Declared[T]) NameOf(ref Ref) string { return d.nameOf(ref.Address, sqltext.Qualified) }

// NamesOf returns what the objects that an argument lists are called in the database,
// as NameOf does.
func (d *Declared[T]) NamesOf(refs []Ref) []string {
	names := make([]string, len(refs))
	for i, ref := range refs {
		names[i] = d.NameOf(ref)
	}
	return names
}

// PartOf returns what an object that an argument names is part of, such as the model
// of a field.
func (d *Declared[T]) PartOf(ref Ref) Ref {
	o := d.State.Get(ref.Address)
	if o == nil || o.Parent.IsZero() {
		d.trouble.fail("%s is part of nothing", ref.Address)
		return ref
	}
	return Ref{address.RefTo(o.Parent)}
}

func (d *Declared[T]) nameOf(a address.Address, form sqltext.Form) string {
	name, err := nameIn(d.State, a, form)
	d.trouble.keep(err)
	return name
}

// Type returns a type.
func (d *Declared[T]) Type(t Type) string {
	name := t.SQL
	if t.Of != nil {
		name = d.nameOf(t.Of.Address, sqltext.Qualified)
	}
	return name + strings.Repeat("[]", t.Dimensions)
}

// SQLText returns SQL that somebody wrote, with the names that tables, columns,
// types and whatever else it names have in the state.
func (d *Declared[T]) SQLText(text Text) string {
	written, err := text.Render(func(a address.Address, form sqltext.Form) (string, error) {
		return nameIn(d.State, a, form)
	})
	d.trouble.keep(err)
	return written
}
