// Package pgtype knows PostgreSQL's types: how each is spelled, what arguments
// it takes, how its values become those of another type, and how it is indexed.
//
// It is the one table of types and the one parser of their names, for sources
// that read types and for detectors that change them. What stands in its tables
// is what the catalogs of PostgreSQL 15 say; each table names the query, and a
// test asks a server. It knows PostgreSQL's own types: a name that is not one of
// them is an enum, a domain or a type of an extension, and only its user knows
// which. It never asks a server and nothing in it changes, so it is safe for
// concurrent use.
package pgtype

import "strings"

// A Type is a type of PostgreSQL, without arguments and dimensions. It is
// comparable. The zero Type is none.
type Type struct {
	name      string // our spelling, without arguments
	catalog   string // pg_type.typname; "" where another Type has it
	base      string // the type that casts and arguments are those of
	category  Category
	bits      int // of an integer
	arguments Arguments
	serial    bool
}

// Lookup returns the type with a name: any that PostgreSQL takes for it, such as
// "int4", "character varying" or "timestamp with time zone", in any case. A
// blank in a name may be an underscore, as in models. Two types have names in
// quotes only: "char", a single byte, and "bit", bits of any number.
func Lookup(name string) (Type, bool) {
	if t, ok := types.named[name]; ok {
		return t, true
	}
	t, ok := types.named[strings.Join(strings.Fields(strings.ToLower(name)), "_")]
	return t, ok
}

// Base returns the name by which casts know a type, given by any of its names:
// "integer" for "int4", "char" for "bpchar". A name that is not PostgreSQL's is
// returned as it is.
func Base(name string) string {
	if t, ok := Lookup(name); ok {
		return t.base
	}
	return name
}

// Name returns our spelling: lower case, PostgreSQL's short name. "float" is the
// name of a type that has another one as soon as it is spelled.
func (t Type) Name() string { return t.name }

// Base returns the name by which casts know the type: that of Name but for
// "bpchar", which is a char, "float" and the two names in quotes.
func (t Type) Base() string { return t.base }

// Category returns the kind of values.
func (t Type) Category() Category { return t.category }

// Bits returns the size of an integer, and 0 for any other type.
func (t Type) Bits() int { return t.bits }

// Serial reports whether a column of the type numbers its rows. PostgreSQL has
// no such types but a notation; Name is that of the integer.
func (t Type) Serial() bool { return t.serial }

// Arguments says what the type takes in parentheses.
func (t Type) Arguments() Arguments { return t.arguments }
