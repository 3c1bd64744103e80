package detect

import (
	"fmt"
	"slices"
	"strings"
)

// A NameClass is one of PostgreSQL's name spaces: what has a name in it has it alone.
type NameClass string

// The name spaces of PostgreSQL: of a database, of one of its schemas, or of a table.
const (
	NamesSchema                  NameClass = "schema"
	NamesRelation                NameClass = "relation" // tables, views, indexes, sequences
	NamesType                    NameClass = "type"     // types; tables and views have one each
	NamesFunction                NameClass = "function"
	NamesColumn                  NameClass = "column"
	NamesConstraint              NameClass = "constraint"
	NamesTrigger                 NameClass = "trigger"
	NamesRule                    NameClass = "rule"
	NamesPolicy                  NameClass = "policy"
	NamesStatistics              NameClass = "statistics"
	NamesOperator                NameClass = "operator"
	NamesOperatorClass           NameClass = "operator_class"
	NamesOperatorFamily          NameClass = "operator_family"
	NamesCollation               NameClass = "collation"
	NamesConversion              NameClass = "conversion"
	NamesTextSearchConfiguration NameClass = "text_search_configuration"
	NamesTextSearchDictionary    NameClass = "text_search_dictionary"
	NamesTextSearchParser        NameClass = "text_search_parser"
	NamesTextSearchTemplate      NameClass = "text_search_template"
	NamesAccessMethod            NameClass = "access_method"
	NamesEventTrigger            NameClass = "event_trigger"
	NamesExtension               NameClass = "extension"
	NamesForeignDataWrapper      NameClass = "foreign_data_wrapper"
	NamesLanguage                NameClass = "language"
	NamesPublication             NameClass = "publication"
	NamesRole                    NameClass = "role"
	NamesServer                  NameClass = "server"
	NamesSubscription            NameClass = "subscription"
	NamesTablespace              NameClass = "tablespace"
)

// A Scope is what a name is the only one of its class in.
type Scope string

// The scopes of names.
const (
	InTable    Scope = "table"
	InSchema   Scope = "schema"
	InDatabase Scope = "database"
	InServer   Scope = "server"
)

// nameScopes are the classes by what a name has to be unique in.
var nameScopes = []struct {
	scope   Scope
	classes []NameClass
}{
	{InTable, []NameClass{NamesColumn, NamesConstraint, NamesTrigger, NamesRule, NamesPolicy}},
	{InSchema, []NameClass{
		NamesRelation, NamesType, NamesFunction, NamesStatistics, NamesOperator, NamesOperatorClass, NamesOperatorFamily, NamesCollation,
		NamesConversion, NamesTextSearchConfiguration, NamesTextSearchDictionary, NamesTextSearchParser, NamesTextSearchTemplate,
	}},
	{InDatabase, []NameClass{
		NamesSchema, NamesAccessMethod, NamesEventTrigger, NamesExtension, NamesForeignDataWrapper, NamesLanguage, NamesPublication,
		NamesServer, NamesSubscription,
	}},
	{InServer, []NameClass{NamesRole, NamesTablespace}},
}

// NameClasses returns the name spaces of PostgreSQL, those of tables first.
func NameClasses() []NameClass {
	var all []NameClass
	for _, group := range nameScopes {
		all = append(all, group.classes...)
	}
	return all
}

// Scope returns what a name of the class has to be unique in, empty for a class that
// there is not.
func (c NameClass) Scope() Scope {
	for _, group := range nameScopes {
		if slices.Contains(group.classes, c) {
			return group.scope
		}
	}
	return ""
}

// Distinct says of which names PostgreSQL keeps those of the class distinct: "the
// triggers' names of a table".
func (c NameClass) Distinct() string {
	plural, special := plurals[c]
	if !special {
		plural = strings.ReplaceAll(string(c), "_", " ") + "s"
	}
	return "the " + plural + "' names of a " + string(c.Scope())
}

// plurals are the words for what shares a name space, where an s behind its name is
// not enough.
var plurals = map[NameClass]string{
	NamesRelation: "tables', views', indexes' and sequences", NamesType: "tables' and types", NamesPolicy: "policies",
	NamesStatistics: "extended statistics", NamesOperatorClass: "operator classes", NamesOperatorFamily: "operator families",
	NamesTextSearchDictionary: "text search dictionaries",
}

// wrongClass says what is wrong with the class of a name.
func (a Attr) wrongClass() string {
	switch {
	case a.Names == "":
		return ""
	case NameClass(a.Names).Scope() == "":
		return fmt.Sprintf("is a name of class %s, which is none: the classes are %s", a.Names, joined(NameClasses()))
	case a.Type != TypeString:
		return fmt.Sprintf("is a name in the database, which is text, and is of type %s", a.Type)
	}
	return ""
}

// naming says whether the name of a block that stands by itself is called otherwise
// than in every plugin.
func (i *inspection) naming(a Attr) string {
	called := nameAttr(a.Names)
	switch {
	case !i.option.Alone() || a.Names == "" || a.Name == called:
		return ""
	case a.Name == "name": // of what a block is called
		return "is what an object is called, and the class " + a.Names + " is for where it stands: an argument of that class is called " + called
	}
	return "is a name and is not called " + called
}

// nowhere says whether the name of a block that stands by itself is one in a schema,
// and the block does not say in which. It would be where the search path leads.
func (i *inspection) nowhere(a Attr, outermost bool) string {
	if !i.option.Alone() || !outermost || NameClass(a.Names).Scope() != InSchema {
		return ""
	}
	if slices.ContainsFunc(i.option.Shape.Attrs, func(b Attr) bool { return NameClass(b.Names) == NamesSchema }) {
		return ""
	}
	return "is a name in a schema, and no argument says in which"
}

// nameAttr returns how the argument of a block that stands by itself is called
// whose value is its name in a class. Whoever writes the names of other plugins'
// objects into SQL relies on it.
func nameAttr(class string) string {
	if NameClass(class) == NamesSchema {
		return string(NamesSchema)
	}
	return "name"
}
