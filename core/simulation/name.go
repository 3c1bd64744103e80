package simulation

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
)

// A Name is what something is called in a database. Names of one class, and in one
// schema or relation, differ. It is comparable.
type Name struct {
	Class  detect.NameClass
	Schema string
	// Relation is the table, view or domain that it is part of.
	Relation string
	Name     string
	// Args are the types of a function's arguments as far as it is known by them, each
	// behind a blank; anyArgs where a statement names none.
	Args string
}

const (
	// ofDomain are the constraints of domains.
	ofDomain detect.NameClass = "domain constraint"
	// anyArgs are the arguments of a function that is named without them.
	anyArgs = "?"
)

func inSchema(class detect.NameClass, schema, name string) Name {
	return Name{Class: class, Schema: schema, Name: name}
}

func relation(schema, name string) Name { return inSchema(detect.NamesRelation, schema, name) }

func schemaName(name string) Name { return Name{Class: detect.NamesSchema, Name: name} }

// part returns the name of what is part of a relation.
func (n Name) part(class detect.NameClass, name string) Name {
	return Name{Class: class, Schema: n.Schema, Relation: n.Name, Name: name}
}

// whole returns the relation or domain that a part is of.
func (n Name) whole() Name {
	if n.Class == ofDomain {
		return inSchema(detect.NamesType, n.Schema, n.Relation)
	}
	return relation(n.Schema, n.Relation)
}

// Arity returns how many arguments a function has; -1 where that is not known.
func (n Name) Arity() int {
	switch {
	case n.Class != detect.NamesFunction || n.Args == anyArgs:
		return -1
	case n.Args == "":
		return 0
	}
	return strings.Count(n.Args, "\x00") + 1
}

// nowhere reports whether the name says too little to be known by: it has no schema
// though it is of a class whose names are in one.
func (n Name) nowhere() bool {
	scope := n.Class.Scope()
	return n.Name == "" || n.Schema == "" && (scope == detect.InSchema || scope == detect.InTable || n.Class == ofDomain)
}

// String returns the name for people: `function shop.total(integer)`.
func (n Name) String() string {
	var parts []string
	for _, part := range []string{n.Schema, n.Relation, n.Name} {
		if part != "" {
			parts = append(parts, address.Quote(part))
		}
	}
	text := strings.ReplaceAll(string(n.Class), "_", " ") + " " + strings.Join(parts, ".")
	if n.Class == detect.NamesFunction && n.Args != anyArgs {
		text += "(" + strings.Join(strings.Split(strings.TrimPrefix(n.Args, " "), "\x00"), ", ") + ")"
	}
	return text
}
