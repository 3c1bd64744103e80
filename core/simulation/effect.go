package simulation

import "github.com/whimbreldb/whimbrel/core/detect"

// A Verb says what a statement does to a name.
type Verb string

// The verbs.
const (
	Makes   Verb = "make"
	Removes Verb = "drop"
	Renames Verb = "rename" // To is the new name
	Moves   Verb = "move"   // To is the new schema
	Needs   Verb = "need"   // the statement is about it
	Alters  Verb = "alter"  // it gets the Type or the Values, and has to be there
	Refers  Verb = "refer"  // it has to be there, and may be somebody else's
	Opens   Verb = "open"   // a relation has parts that the statement does not name
	Doubts  Verb = "doubt"  // nothing is known of the name any more
	Tries   Verb = "try"    // rows of it may make the statement fail
)

// An Effect is what a statement does to one name.
type Effect struct {
	Verb Verb
	Name Name
	To   string
	// If says that it is no mistake where the name is there already, or is not there.
	If bool
	// Unless is a name for which there is no effect where it is there.
	Unless Name
	// Replace says that the name may be there before.
	Replace bool
	// Cascade says that what depends on it is dropped with it.
	Cascade bool
	// Twin is the other name that the same thing has: the type of a table, the index of
	// a constraint.
	Twin Name
	// Free is a name that must not be there, though the statement does not take it.
	Free Name
	// Adopts says that Twin is there before.
	Adopts bool
	// Of is the relation that an index or a sequence goes with, and Columns those
	// columns of it without which a part of it cannot be. In May others may stand.
	Of      Name
	Columns []string
	May     string
	// Open says that it has columns which do not stand in the statement.
	Open bool
	// Fresh are the columns that a table is made with.
	Fresh []Column
	// Kind is what sort of a thing it is where the class of its name does not say it:
	// "table", "foreign table", "view", "materialized view", "index", "sequence",
	// "type", "domain", "procedure", "aggregate".
	Kind string
	// Call is how many arguments a function is called with, plus one; 0: not known, or no
	// call. Least and Most are how many one that is made takes.
	Call        int
	Least, Most int
	// Type is that of a column that comes or gets another one, as it is written; empty
	// where it has more than that, such as the sequence of a serial.
	Type string
	// Values are those of an enum that comes, the one that it gets, or the old and the
	// new name of one.
	Values []string
	// Inner says that it stands in an expression.
	Inner bool
	// Offset is where the name stands in the statement, in bytes.
	Offset int
}

// columns returns the effect that what it makes has columns that are not known.
func (e Effect) columns() Effect {
	return Effect{Verb: Opens, Name: e.Name.part(detect.NamesColumn, "")}
}

// sort returns what sort of a thing the effect makes; empty if that is not known.
func (e Effect) sort() string {
	if e.Kind == "" && e.Name.Class != detect.NamesRelation && e.Name.Class != detect.NamesType {
		return string(e.Name.Class)
	}
	return e.Kind
}

// A Column is one that a table is made with.
type Column struct {
	Name string
	Type string // as Effect has it
}

// Rows says whose rows a statement reads.
type Rows int

// What a statement reads.
const (
	NoRows    Rows = iota
	NamedRows      // those of relations that stand in it
	AnyRows        // nobody knows
)

// A Reading is what a statement does.
type Reading struct {
	Effects []Effect
	// Unless is a name for which the statement does nothing where it is there.
	Unless Name
	// Given is a name for which it does nothing where that is not there.
	Given Name
	// Rows are those that it reads.
	Rows Rows
	// Source is where the relations stand whose rows it reads, in bytes.
	Source int
	// Body are what the body of a function refers to, which PostgreSQL looks at where it
	// is set to.
	Body []Effect
	// Bodies is what it sets check_function_bodies to.
	Bodies string
	// Hidden says that it may do something to names that do not stand in it.
	Hidden bool
	// Unproven is why there may be more that it does: a sentence without a full stop.
	// Empty: there is not.
	Unproven string
}
