package sdk

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/model"
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
	var schema, table string
	if m := modelOf(d.State, d.Object); m != nil {
		attrs := attributes[model.Model](d, m.Address)
		schema, table = attrs.Schema, attrs.Table
	}
	var names []string
	for _, n := range namesIn(reflect.TypeFor[T]()) {
		name, is := written[n.argument].(string)
		switch {
		case n.class == schemaClass && is:
			schema = name // it is the first one
		case n.class == schemaClass || !is && table != "":
		case operation.InTable(n.class) && table != "":
			names = append(names, operation.Name(n.class, schema, table, name))
		default:
			names = append(names, operation.Name(n.class, schema, cmp.Or(name, d.Object.Address.Name())))
		}
	}
	return names
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
		case schemaClass:
			list = slices.Insert(list, 0, nameTag{class, argument})
		default:
			list = append(list, nameTag{class, argument})
		}
	}
	return list
}

// schemaClass is the class of names of the argument that says in which schema an
// object stands.
const schemaClass = "schema"
