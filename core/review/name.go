package review

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A Name is what something is called in a database. Names of one space differ.
type Name struct {
	// Space is "relation", "type", "function", "schema" and so on; what is part of a
	// relation has its own: "column", "constraint", "trigger", "policy", "rule".
	Space    string
	Schema   string
	Relation string // that it is part of
	Name     string
}

// Names are names with whose they are, such as "model shop.pizza".
type Names map[Name]string

// Add adds a name, if it is one.
func (n Names) Add(name Name, whose string) {
	if name.Name != "" {
		n[name] = whose
	}
}

// has reports whether a name is there, or the relation or schema that it is in.
func (n Names) has(name Name) bool {
	if _, ok := n[name]; ok {
		return true
	}
	if name.Relation != "" && n.has(Name{Space: relation, Schema: name.Schema, Name: name.Relation}) {
		return true
	}
	_, ok := n[Name{Space: schema, Name: name.Schema}]
	return ok && name.Schema != ""
}

// The spaces that several classes of objects share.
const (
	relation = "relation"
	function = "function"
	typ      = "type"
	schema   = "schema"
)

// Relation returns the name of a table, view, index or sequence.
func Relation(schema, name string) Name { return Name{Space: relation, Schema: schema, Name: name} }

// Type returns the name of a type or domain.
func Type(schema, name string) Name { return Name{Space: typ, Schema: schema, Name: name} }

// Part returns the name of what is part of a relation.
func Part(space, schema, relation, name string) Name {
	return Name{Space: space, Schema: schema, Relation: relation, Name: name}
}

// Schema returns the name of a schema.
func Schema(name string) Name { return Name{Space: schema, Name: name} }

// Claimed returns the name that operation.Name made a key of. Those of columns and
// constraints do not say in which table they are.
func Claimed(key string) (Name, bool) {
	parts := strings.Split(key, "\x00")
	switch {
	case len(parts) < 3:
	case parts[0] == relation || parts[0] == function || parts[0] == typ:
		return Name{Space: parts[0], Schema: parts[1], Name: parts[2]}, true
	case parts[0] == "trigger" && len(parts) == 4:
		return Part("trigger", parts[1], parts[2], parts[3]), true
	case len(parts) == 3 && slices.Contains(detect.NameClasses(), detect.NameClass(parts[0])) && detect.NameClass(parts[0]).Scope() != detect.InTable:
		return Name{Space: parts[0], Schema: parts[1], Name: parts[2]}, true
	}
	return Name{}, false
}

// Of returns the name of a class, as attributes of kinds give it.
func Of(class, schema, name string) Name { return Name{Space: class, Schema: schema, Name: name} }

// namesOf returns the names of what an effect is on. A table has a type of its name.
func namesOf(e parser.Effect) []Name {
	space := spaceOf(e.Class)
	name := Name{Space: space, Schema: e.Schema, Relation: e.Relation, Name: e.Name}
	if e.Class == "index" {
		name.Relation = "" // the name is one of the schema
	}
	if space == relation && e.Relation == "" {
		return []Name{name, Type(e.Schema, e.Name)}
	}
	return []Name{name}
}

func spaceOf(class string) string {
	switch class {
	case "table", "foreign table", "view", "materialized view", "index", "sequence", "relation":
		return relation
	case "procedure", "aggregate", "routine", function:
		return function
	case "domain", "attribute", typ:
		return typ
	case "domain constraint":
		return "constraint"
	}
	return strings.ReplaceAll(class, " ", "_") // as operation.Name has it
}
