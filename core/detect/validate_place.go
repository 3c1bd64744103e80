package detect

import (
	"fmt"
	"slices"
)

// places are where an option can stand.
var places = []Place{OnProject, OnApp, OnModel, OnField}

// Alone reports whether the objects of an option stand by themselves.
func (o Option) Alone() bool { return o.On == OnApp || o.On == OnProject }

// standing checks what is said of an option for the place where it stands.
func (i *inspection) standing() {
	o := i.option
	if o.On != "" && !slices.Contains(places, o.On) {
		i.fault(codeWord, nil, fmt.Sprintf("stands on %q, which there is not: the places are %s", o.On, joined(places)))
	}
	if o.On != "" && !identifier().MatchString(o.Name) {
		i.fault(codeName, nil, unwritable(o.Name))
	}
	if word := o.reserved(); word != "" {
		i.fault(codeName, nil, fmt.Sprintf("cannot be called %s: it is a word that %s has already", o.Name, word))
	}
	i.fault(codeDoc, nil, wrongDoc(o.Doc))
	if o.Alone() && !o.Labelled {
		i.fault(codeNoLabel, nil, "of the "+string(o.On)+" is a block without a name")
	}
	if o.Switch && o.Labelled {
		i.fault(codeSetting, nil, "is a block with a name, and can be switched on without one (Switch)")
	}
	if n := slices.IndexFunc(o.Shape.Attrs, func(a Attr) bool { return a.Required }); o.Switch && n >= 0 {
		i.fault(codeSetting, nil, fmt.Sprintf("can be switched on without arguments (Switch), and %s has to be written", o.Shape.Attrs[n].Name))
	}
}

// overModel says whether an argument is over a model and the option stands in none.
func (i *inspection) overModel(a Attr) string {
	if !i.option.Alone() || i.over || !a.needsModel() {
		return ""
	}
	return fmt.Sprintf("is of type %s, over a model, and stands in none", a.Type)
}

// needsModel reports whether an argument can stand in a model or field only.
func (a Attr) needsModel() bool {
	switch a.Type {
	case TypeField, TypeQuery:
		return true
	case TypeFields:
		return a.Given == ""
	case TypeExpression:
		return a.As == "" && a.Given == ""
	}
	return false
}

// configTypes are the types of arguments that a configuration can have.
var configTypes = []AttrType{TypeString, TypeKeyword, TypeBool, TypeInt, TypeDecimal, TypeStrings, TypeBlock}

// configured says whether a configuration cannot have an argument: it names nothing
// of the models.
func (i *inspection) configured(a Attr) string {
	if !i.config || slices.Contains(configTypes, a.Type) && a.Names == "" && !a.Hint {
		return ""
	}
	return fmt.Sprintf("is of type %s, and a configuration has only %s", a.Type, joined(configTypes))
}

// Article returns a place with its article.
func (p Place) Article() string {
	if p == OnApp {
		return "an " + string(p)
	}
	return "a " + string(p)
}
