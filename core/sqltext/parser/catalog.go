package parser

import "github.com/whimbreldb/whimbrel/core/address"

// A Catalog says what names in SQL mean. Names are as PostgreSQL keeps them,
// without quotes. Schema is empty where none is written: the catalog then looks
// where the text would be run, in the order of its search path. A name that it
// does not know has ok false.
//
// Args are the types of what a function is called with, each empty where it is not known;
// nil where not even their number is.
type Catalog interface {
	Relation(schema, name string) (Relation, bool)
	Type(schema, name string) (Type, bool)
	Function(schema, name string, args []string) (Function, bool)
	Sequence(schema, name string) (object address.Address, ok bool)
}

// A Relation is a table, a view or what else has columns. Without an object it
// is known and not ours, such as a table of PostgreSQL's catalog.
type Relation struct {
	Object  address.Address
	Columns []Column // in order
	Open    bool     // it may have other columns too
}

// A Column is a column of a relation or an attribute of a composite type.
type Column struct {
	Name   string
	Object address.Address
	Type   string // as in SQL; empty where it is not known
	// Row is the composite type that its values are of; nil where Type says it.
	Row *Type `json:",omitempty"`
}

// A Type is an enum, a domain, a range or a composite type, which has columns.
// Without an object it is known and not ours.
type Type struct {
	Object  address.Address
	Columns []Column
}

// A Function is one that can be called.
type Function struct {
	Object address.Address
	// Others are those of the same name that the call may mean as well: PostgreSQL tells
	// them apart by the types of what they are called with.
	Others []address.Address
	// Row is the relation whose rows are its result; without an object its result is
	// another one.
	Row Relation
	// Unfit says that neither it nor another one of the name takes what is passed.
	Unfit bool
}

// nothing is the catalog in which there is nothing.
type nothing struct{}

func (nothing) Relation(string, string) (Relation, bool)           { return Relation{}, false }
func (nothing) Type(string, string) (Type, bool)                   { return Type{}, false }
func (nothing) Function(string, string, []string) (Function, bool) { return Function{}, false }
func (nothing) Sequence(string, string) (address.Address, bool)    { return address.Address{}, false }
