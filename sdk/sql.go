package sdk

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Ident returns a name as an SQL identifier, in double quotes where it needs
// them.
func Ident(name string) string { return address.Quote(name) }

// Qualified returns schema.name as an SQL identifier.
func Qualified(schema, name string) string { return address.Qualify(schema, name) }

// Literal returns text as an SQL string literal.
func Literal(text string) string { return address.Literal(text) }

// Dollar returns text as a dollar-quoted literal, such as the body of a function.
func Dollar(text string) string {
	tag := "$$"
	for n := 1; strings.Contains(text+"$", tag); n++ {
		tag = fmt.Sprintf("$whimbrel%d$", n)
	}
	return tag + text + tag
}

// Body returns text as a dollar-quoted literal on lines of its own, as people
// write the body of a function or of DO.
func Body(text string) string {
	tag := "$whimbrel$"
	for n := 1; strings.Contains(text, tag); n++ {
		tag = fmt.Sprintf("$whimbrel%d$", n)
	}
	return tag + "\n" + text + "\n" + tag
}

// Comment returns the statement that sets the comment on something, such as
// "TABLE public.pizza", or takes it away if there is no text.
func Comment(on, text string) string {
	if text == "" {
		return "COMMENT ON " + on + " IS NULL"
	}
	return "COMMENT ON " + on + " IS " + Literal(text)
}

// Table returns the name of a model's table for SQL, with its schema. The error
// says that the object is no model.
func Table(o *Object) (string, error) {
	attrs, err := decode[model.Model](o, model.ModelKind)
	if err != nil {
		return "", err
	}
	return address.Qualify(attrs.Schema, attrs.Table), nil
}

// Column returns the name of a field's column for SQL. The error says that the
// object is no field, or a many-to-many relation, which has no column.
func Column(o *Object) (string, error) {
	attrs, err := decode[model.Field](o, model.FieldKind)
	if err != nil {
		return "", err
	}
	if attrs.Column == "" {
		return "", fmt.Errorf("%s has no column", o.Address)
	}
	return address.Quote(attrs.Column), nil
}

// TableOf returns the name for SQL of the table that an option is on: that of
// the model among the parents of an object.
func TableOf(s *State, o *Object) (string, error) {
	found := modelOf(s, o)
	if found == nil {
		return "", fmt.Errorf("%s is not part of a model", describe(o))
	}
	return Table(found)
}

// modelOf returns the model among an object and its parents, or nil.
func modelOf(s *State, o *Object) *Object {
	for at := o; at != nil; at = s.Get(at.Parent) {
		if at.Address.Kind() == model.ModelKind {
			return at
		}
	}
	return nil
}

func decode[T any](o *Object, kind string) (T, error) {
	var none T
	if o == nil || o.Address.Kind() != kind {
		return none, fmt.Errorf("want a %s, have %s", kind, describe(o))
	}
	attrs, err := state.Decode[T](o)
	if err != nil {
		return none, fmt.Errorf("the attributes of %s: %w", o.Address, err)
	}
	return attrs, nil
}

func describe(o *Object) string {
	if o == nil {
		return "nothing"
	}
	return o.Address.String()
}
