package model

import "strings"

// The kinds of types that people make, beside enums and domains.
const (
	CompositeKind = "composite" // app.composite
	RangeKind     = "range"     // app.range
)

// IsType reports whether objects of a kind are types that fields can have.
func IsType(kind string) bool {
	switch kind {
	case EnumKind, DomainKind, CompositeKind, RangeKind:
		return true
	}
	return false
}

// A Composite is a type whose values have attributes, in their order.
type Composite struct {
	Comment string      `json:"comment,omitempty"`
	Fields  []Attribute `json:"field"`
	Name    string      `json:"name"`
	Schema  string      `json:"schema"`
}

// An Attribute is one of a composite.
type Attribute struct {
	Collate string `json:"collate,omitempty"`
	Label   string `json:"label"` // its name in PostgreSQL
	Type    Type   `json:"type"`
}

// A Range is a type whose values have two bounds of another type.
type Range struct {
	Canonical string `json:"canonical,omitempty"` // a function
	Collation string `json:"collation,omitempty"`
	Comment   string `json:"comment,omitempty"`
	// Multirange is the name of the type of several ranges, in the same schema.
	Multirange string `json:"multirange"`
	Name       string `json:"name"`
	Opclass    string `json:"subtype_opclass,omitempty"`
	Schema     string `json:"schema"`
	Diff       string `json:"subtype_diff,omitempty"` // a function
	Subtype    Type   `json:"subtype"`
}

// Multirange returns the name that PostgreSQL gives the multirange of a range by the
// range's name.
func Multirange(name string) string {
	if before, after, found := strings.Cut(name, "range"); found {
		return cut(before+"multirange"+after, MaxName)
	}
	return cut(name, MaxName-len("_multirange")) + "_multirange"
}
