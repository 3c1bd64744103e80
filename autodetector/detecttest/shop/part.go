package shop

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// alone returns the part that is one object by itself.
func alone(a address.Address, attrs any) Part {
	return func(address.Address, int) []*state.Object {
		return []*state.Object{Object(a, address.Address{}, 0, attrs)}
	}
}

// Schema is a schema of PostgreSQL.
func Schema(name string) Part { return alone(address.New(model.SchemaKind, name), model.Schema{}) }

// Enum is an enum of the schema public.
func Enum(name string, values ...string) Part { return EnumAs(name, name, values...) }

// EnumAs is an enum that has another name in the database.
func EnumAs(name, typeName string, values ...string) Part {
	return alone(address.New(model.EnumKind, "shop", name), model.Enum{Schema: "public", Name: typeName, Values: values})
}

// Domain is a domain of the schema public. Its name in the database is its own where
// d has none.
func Domain(name string, d model.Domain) Part {
	d.Schema = "public"
	if d.Name == "" {
		d.Name = name
	}
	return alone(address.New(model.DomainKind, "shop", name), d)
}

// Table is a model with parts, in the schema public.
func Table(name string, parts ...Part) Part {
	return TableAs(model.Model{Schema: "public", Table: name}, name, parts...)
}

// TableAs is a model with other attributes than Table gives it.
func TableAs(m model.Model, name string, parts ...Part) Part {
	return func(_ address.Address, rank int) []*state.Object {
		a := address.New(model.ModelKind, "shop", name)
		objects := []*state.Object{Object(a, address.Address{}, rank, m)}
		for i, p := range parts {
			objects = append(objects, p(a, i)...)
		}
		return objects
	}
}

// Field is a column of a type as Type reads it.
func Field(name, typ string, changes ...func(*model.Field)) Part {
	return func(parent address.Address, rank int) []*state.Object {
		f := model.Field{Column: name, Type: Type(typ)}
		for _, change := range changes {
			change(&f)
		}
		return []*state.Object{Object(parent.Child(model.FieldKind, name), parent, rank, f)}
	}
}

// Null lets a field be null.
func Null(f *model.Field) { f.Null = true }

// Column gives a field a column of another name.
func Column(name string) func(*model.Field) { return func(f *model.Field) { f.Column = name } }

// Default gives a field a default.
func Default(n expression.Node) func(*model.Field) {
	return func(f *model.Field) { f.Default = &n }
}

// Generated has a field computed.
func Generated(n expression.Node) func(*model.Field) {
	return func(f *model.Field) { f.Generated = &n }
}

// Identity makes a field an identity column.
func Identity(sequence string) func(*model.Field) {
	return func(f *model.Field) { f.Identity, f.Sequence = "by_default", sequence }
}

// Constraint is a constraint whose name is that of the model and the label.
func Constraint(label string, c model.Constraint) Part {
	return func(parent address.Address, rank int) []*state.Object {
		c.Name = parent.Name() + "_" + label
		return []*state.Object{Object(parent.Child(model.ConstraintKind, label), parent, rank, c)}
	}
}

// Index is an index whose name is that of the model and the label.
func Index(label string, x model.Index) Part {
	return func(parent address.Address, rank int) []*state.Object {
		x.Name = parent.Name() + "_" + label
		return []*state.Object{Object(parent.Child(model.IndexKind, label), parent, rank, x)}
	}
}
