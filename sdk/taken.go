package sdk

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/state"
)

// names returns the names in the database that an object takes: those that its
// script says, or else those of the arguments with the tag names.
func (d *Declared[T]) names(s Script) []string {
	if len(s.Names) > 0 {
		return s.Names
	}
	written, err := state.Decode[map[string]any](d.Object)
	d.trouble.keep(err)
	inSchema, table := d.seat(written)
	schema := inSchema
	if d.Object.Parent.IsZero() {
		schema = "" // that of a table is not that of what reads it
	}
	var names []string
	for _, n := range namesIn(reflect.TypeFor[T]()) {
		name, is := written[n.argument].(string)
		switch {
		case n.class == string(detect.NamesSchema) && is:
			schema = name // it is the first one
		case n.class == string(detect.NamesSchema) || !is && !d.Object.Parent.IsZero():
		case detect.NameClass(n.class).Scope() == detect.InTable && table != "":
			names = append(names, operation.Name(n.class, cmp.Or(schema, inSchema), table, cmp.Or(name, d.Object.Address.Name())))
		default:
			names = append(names, operation.Name(n.class, schema, cmp.Or(name, d.Object.Address.Name())))
		}
	}
	return names
}

// seat returns the schema and the table that the names of an option are in, or of a
// block that stands by itself those of what its first reference names: a rule is on
// a table.
func (d *Declared[T]) seat(written map[string]any) (schema, table string) {
	on := modelOf(d.State, d.Object)
	for field := range fields(reflect.TypeFor[T]()) {
		if typ := typeOf(field.Type); on != nil || typ != detect.TypeRef && typ != detect.TypeModel {
			continue
		}
		argument, _, _ := strings.Cut(field.Tag.Get(tagName), ",")
		on = d.State.Get(refIn(written[argument]))
		if on != nil && modelOf(d.State, on) != nil {
			on = modelOf(d.State, on)
		}
	}
	if on == nil {
		return "", ""
	}
	schema, table, err := called(on)
	d.trouble.keep(err)
	return schema, table
}

// refIn returns what a reference among attributes names.
func refIn(value any) Address {
	ref, _ := value.(map[string]any)
	text, _ := ref["$ref"].(string)
	a, _ := address.Parse(text) // what cannot be read is no reference
	return a
}

// A nameTag is an argument with the tag names.
type nameTag struct{ class, argument string }

// namesIn returns the arguments with the tag names, that of the schema first.
func namesIn(t reflect.Type) []nameTag {
	var list []nameTag
	for field := range fields(t) {
		argument, _, _ := strings.Cut(field.Tag.Get(tagName), ",")
		switch class := field.Tag.Get("names"); class {
		case "":
		case string(detect.NamesSchema):
			list = slices.Insert(list, 0, nameTag{class, argument})
		default:
			list = append(list, nameTag{class, argument})
		}
	}
	return list
}
