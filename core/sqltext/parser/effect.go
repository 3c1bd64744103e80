package parser

import "strings"

// A Verb says what a statement does to an object.
type Verb string

// The verbs of effects.
const (
	Creates Verb = "create"
	Alters  Verb = "alter"
	Drops   Verb = "drop"
	Renames Verb = "rename" // To is the new name
	Moves   Verb = "move"   // To is the new schema
	Writes  Verb = "write"  // rows of a relation
	Locks   Verb = "lock"   // rows that a query reads from a relation itself
	Refers  Verb = "refer"
)

// An Effect is what a statement does to one object. Names are as PostgreSQL keeps
// them; Schema is empty where the statement names none, and pg_temp for what is
// temporary.
type Effect struct {
	Verb Verb
	// Class is "table", "view", "materialized view", "index", "sequence", "column",
	// "constraint", "trigger", "policy", "rule", "type", "attribute", "domain",
	// "function", "procedure", "aggregate", "schema", "extension" and so on. What
	// is referred to or written is a "relation", "type" or "function".
	Class    string
	Schema   string
	Relation string // that a column, constraint, trigger, policy, rule or index is of
	Name     string // empty where PostgreSQL makes it up
	// Args are the types of a function's arguments as far as they are part of its
	// identity; nil where the statement has no list of them.
	Args []string
	To   string
	// Type is that of a column that comes or gets another one, such as "varchar(20)"
	// or "shop.size[]"; empty where it has more than that.
	Type string
	// Values are those of an enum that comes, the one that it gets, or the old and the
	// new name of one.
	Values []string
	// Commands are what an ALTER TABLE does to it, or how rows are written, as
	// libpg_query calls it: "AlterColumnType", "EnableRowSecurity", "Insert".
	Commands []string
	// If says that nothing happens where the object is already there or is not
	// there; Cascade that what depends on it is dropped too; Replace that it may be
	// there before.
	If, Cascade, Replace bool
}

// String returns the effect on one line, such as "create column shop.pizza.name".
func (e Effect) String() string {
	var b strings.Builder
	b.WriteString(string(e.Verb) + " " + e.Class)
	var parts []string
	for _, part := range []string{e.Schema, e.Relation, e.Name} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	b.WriteString(" " + strings.Join(parts, "."))
	if e.Args != nil {
		b.WriteString("(" + strings.Join(e.Args, ", ") + ")")
	}
	if e.To != "" {
		b.WriteString(" to " + e.To)
	}
	return b.String()
}

// An Act is one statement of a text and what it does.
type Act struct {
	Begin, End int // in bytes
	// Kind is the statement's name as PostgreSQL's command tags have it: CREATE TABLE,
	// ALTER TEXT SEARCH CONFIGURATION, INSERT, SET.
	Kind    string
	Effects []Effect // what is referred to comes last
	// Inner are the kinds of the statements that a DO runs, as far as it is read.
	Inner []string
	// Opaque says that it may do more than Effects: it runs code that is not
	// followed, such as CALL, EXECUTE and a DO that makes its SQL when it runs, or is
	// of a kind that is not known.
	Opaque bool
}

// classOf returns the class of an object as libpg_query calls it.
func classOf(kind string) string {
	switch kind {
	case "OBJECT_MATVIEW":
		return "materialized view"
	case "OBJECT_TABCONSTRAINT":
		return "constraint"
	case "OBJECT_DOMCONSTRAINT":
		return "domain constraint"
	case "OBJECT_STATISTIC_EXT":
		return "statistics"
	case "OBJECT_FDW":
		return "foreign data wrapper"
	case "OBJECT_FOREIGN_SERVER":
		return "server"
	case "OBJECT_LARGEOBJECT":
		return "large object"
	case "OBJECT_OPCLASS":
		return "operator class"
	case "OBJECT_OPFAMILY":
		return "operator family"
	}
	if part, of := strings.CutPrefix(kind, "OBJECT_TS"); of {
		return "text search " + strings.ToLower(part)
	}
	return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(kind, "OBJECT_"), "_", " "))
}
