package detect

import (
	"fmt"
	"slices"
	"strings"
)

// option checks what a manifest says of one of its options.
func (v *validator) option(m *Manifest, o Option) {
	if o.Alone() && !o.Labelled {
		v.wrong("WH4080", m, fmt.Sprintf("option %s of the %s is a block without a name", o.Name, o.On))
	}
	v.shape(m, o, o.Shape)
}

// Alone reports whether the objects of an option stand by themselves.
func (o Option) Alone() bool { return o.On == OnApp || o.On == OnProject }

// shape checks the arguments of a block.
func (v *validator) shape(m *Manifest, o Option, shape Shape) {
	for _, a := range shape.Attrs {
		v.attr(m, o, shape, a)
		if a.Shape != nil {
			v.shape(m, o, *a.Shape)
		}
	}
}

func (v *validator) attr(m *Manifest, o Option, shape Shape, a Attr) {
	where := fmt.Sprintf("argument %s of option %s", a.Name, o.Name)
	if o.Alone() && a.needsModel() {
		v.wrong("WH4081", m, fmt.Sprintf("%s, of type %s, is over a model, and stands in none", where, a.Type))
	}
	for _, kind := range a.Kinds {
		if !v.knows(kind) {
			v.wrong("WH4082", m, fmt.Sprintf("%s names a %s, which is no kind", where, kind))
		}
	}
	for _, other := range []string{a.Columns, a.Language, a.As, a.Given} {
		if other != "" && !shape.has(other) && !o.Shape.has(other) {
			v.wrong("WH4083", m, fmt.Sprintf("%s leads to %s, which is no argument of it", where, other))
		}
	}
	if a.Names == "" {
		return
	}
	if !slices.Contains(strings.Fields(nameClasses), a.Names) {
		v.wrong("WH4084", m, fmt.Sprintf("%s is a name of class %s, which is none", where, a.Names))
	}
	if called := nameAttr(a.Names); o.Alone() && a.Name != called {
		v.wrong("WH4087", m, fmt.Sprintf("%s is a name and is not called %s", where, called))
	}
}

// article returns a place with its article.
func (p Place) article() string {
	if p == OnApp {
		return "an " + string(p)
	}
	return "a " + string(p)
}

// needsModel reports whether an argument can stand in a model or field only.
func (a Attr) needsModel() bool {
	switch a.Type {
	case TypeField, TypeFields, TypeQuery:
		return true
	case TypeExpression:
		return a.As == "" && a.Given == ""
	}
	return false
}

func (s Shape) has(name string) bool {
	return slices.ContainsFunc(s.Attrs, func(a Attr) bool { return a.Name == name })
}

// classSchema is the class of the argument with the schema that an object stands in.
const classSchema = "schema"

// nameAttr returns how the argument of a block that stands by itself is called
// whose value is its name in a class. Whoever writes the names of other plugins'
// objects into SQL relies on it.
func nameAttr(class string) string {
	if class == classSchema {
		return classSchema
	}
	return "name"
}

// nameClasses are the name spaces of PostgreSQL.
const nameClasses = `schema relation type function column constraint trigger rule policy
	statistics operator operator_class operator_family collation conversion
	text_search_configuration text_search_dictionary text_search_parser text_search_template
	access_method event_trigger extension foreign_data_wrapper language publication
	role server subscription tablespace`
