package parser

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Role says what a name stands for.
type Role string

// The roles of names.
const (
	RelationName Role = "relation"
	ColumnName   Role = "column"
	TypeName     Role = "type"
	FunctionName Role = "function"
	SequenceName Role = "sequence"
)

// A Name is a place in a text where the name of an object stands.
type Name struct {
	Begin, End  int // of the name itself, in bytes, quotes included
	From        int // where the names of schemas before it begin; else Begin
	Object      address.Address
	Role        Role
	Qualifiable bool // the name of a schema can stand before it
	Literal     bool // a string whose text is the name, as in nextval('order_no')
}

// An Analysis says what names a text has. All offsets are bytes of the text.
type Analysis struct {
	// Names are the places of names, in the order of the text.
	Names []Name
	// Uses are objects that the text needs without naming them: the columns that
	// * stands for, those that a natural join compares.
	Uses []address.Address
	// Overloads are functions that its calls may mean besides those in Names: they have
	// the same name, and take as many arguments.
	Overloads []address.Address
	// Rows are the relations whose rows are given by functions that the text calls.
	Rows []address.Address
	// Kept are columns of such rows whose names PostgreSQL keeps as text with a query:
	// those of functions in FROM. They do not follow when the columns are renamed.
	Kept []address.Address
	// Parts are the composite types of which it names attributes. All attributes of one
	// that stands in Uses too are needed, as * stands for them.
	Parts []address.Address
	// Columns are the output columns of a query.
	Columns []Output
	// Open says that the query may have output columns besides Columns, because
	// * stands for a relation whose columns are not known.
	Open bool
	// Missing are the names of relations that the catalog does not know.
	Missing []Absence
	// Wrong are references to columns that cannot be.
	Wrong []Wrong
	// Unfit are calls of functions of which none takes what is passed.
	Unfit []Unfit
	// Dynamic are the offsets of what runs SQL that is made when it runs, such as
	// EXECUTE. What names that has is not known.
	Dynamic []int
}

// An Output is a column of a query's result.
type Output struct {
	Name string // as CREATE VIEW would name it
	// Named is the object whose name the column bears, because the query gives it
	// no other: it is renamed with the object.
	Named address.Address
	// Column is the column that the output is, under whatever name; else zero.
	Column address.Address
	Type   string // where it is simply a column or a cast; else empty
}

// An Absence is the name of a relation that the catalog does not know.
type Absence struct {
	Begin, End   int // with the name of its schema
	Schema, Name string
}

// A Wrong is a reference to a column that cannot be.
type Wrong struct {
	Begin, End int    // of the name that is wrong
	Name       string // of the column
	// Relation is the relation that has no such column, where there is only one
	// that could have it; else zero.
	Relation address.Address
	// Qualifier is set where it is the name before the column that is wrong: no
	// relation, alias or variable has it.
	Qualifier string
	// Function is set where the name is wrong as that of an argument of it.
	Function string
}

// An Unfit is the name of a function in a call that passes what no function of that name
// takes.
type Unfit struct {
	Begin, End   int // of the name itself
	Schema, Name string
	Passed       string // see Passing
}

// Passing returns the types of what a call passes in one text, with U+001F behind each. Those
// that are not known are empty.
func Passing(types []string) string {
	if len(types) == 0 {
		return ""
	}
	return strings.Join(types, "\x1f") + "\x1f"
}

// String says what is wrong, without its place.
func (w Wrong) String() string {
	switch {
	case w.Function != "":
		return fmt.Sprintf("function %q has no argument %q", w.Function, w.Name)
	case w.Qualifier != "":
		return fmt.Sprintf("nothing here has the name %q", w.Qualifier)
	case !w.Relation.IsZero():
		return fmt.Sprintf("%s has no column %q", w.Relation, w.Name)
	}
	return fmt.Sprintf("no relation here has a column %q", w.Name)
}

// A SyntaxError is text that PostgreSQL would not read.
type SyntaxError struct {
	Offset  int // in bytes
	Message string
}

// Error returns PostgreSQL's message.
func (e *SyntaxError) Error() string { return e.Message }

// sorted returns the analysis with everything in the order of the text.
func (a *Analysis) sorted() *Analysis {
	slices.SortFunc(a.Names, func(x, y Name) int { return cmp.Or(x.Begin-y.Begin, x.End-y.End) })
	a.Names = slices.Compact(a.Names)
	slices.SortFunc(a.Uses, address.Compare)
	a.Uses = slices.Compact(a.Uses)
	slices.SortFunc(a.Overloads, address.Compare)
	a.Overloads = slices.Compact(a.Overloads)
	slices.SortFunc(a.Rows, address.Compare)
	a.Rows = slices.Compact(a.Rows)
	slices.SortFunc(a.Kept, address.Compare)
	a.Kept = slices.Compact(a.Kept)
	slices.SortFunc(a.Missing, func(x, y Absence) int { return cmp.Or(x.Begin-y.Begin, x.End-y.End) })
	a.Missing = slices.Compact(a.Missing)
	slices.SortFunc(a.Wrong, func(x, y Wrong) int { return cmp.Or(x.Begin-y.Begin, x.End-y.End) })
	a.Wrong = slices.Compact(a.Wrong)
	slices.SortFunc(a.Unfit, func(x, y Unfit) int { return cmp.Or(x.Begin-y.Begin, x.End-y.End) })
	a.Unfit = slices.Compact(a.Unfit)
	slices.Sort(a.Dynamic)
	a.Dynamic = slices.Compact(a.Dynamic)
	return a
}
