package pgtype

import (
	"strconv"
	"strings"
)

// A Name is the name of a type with its arguments and dimensions. Parse makes
// it. It is comparable: different ways to write one of PostgreSQL's own types
// have equal Names. The zero Name names nothing.
type Name struct {
	own        Type       // PostgreSQL's own; else the zero Type
	schema     identifier // of any other type
	other      identifier
	arguments  string // between commas
	fields     string // of an interval, such as "day to second"
	dimensions int
}

// nameOf returns the name of a type with arguments that fit it.
func nameOf(t Type, args ...int) Name {
	texts := make([]string, len(args))
	for i, arg := range args {
		texts[i] = strconv.Itoa(arg)
	}
	return Name{own: t, arguments: strings.Join(texts, ",")}
}

// Type returns the type if it is one of PostgreSQL's own, that of the elements
// if it is an array.
func (n Name) Type() (Type, bool) { return n.own, n.own != Type{} }

// Base returns the name by which casts know the type, without arguments, fields
// and dimensions. That of a type that is not PostgreSQL's own is SQL, qualified
// and in quotes as it was written.
func (n Name) Base() string {
	switch {
	case n.own != Type{}:
		return n.own.base
	case n.schema.name != "":
		return n.schema.String() + "." + n.other.String()
	}
	return n.other.String()
}

// Schema returns the schema that was written before the name of a type that is
// not PostgreSQL's own, without quotes.
func (n Name) Schema() string { return n.schema.name }

// Identifier returns the name of a type that is not PostgreSQL's own as it is in
// the catalog: without schema and quotes, in lower case if it had none.
func (n Name) Identifier() string { return n.other.name }

// Arguments returns what stands in parentheses, words in lower case. What is
// implied is there: of "numeric(8)" the arguments are 8 and 0.
func (n Name) Arguments() []string {
	if n.arguments == "" {
		return nil
	}
	return strings.Split(n.arguments, ",")
}

// Numbers returns those of the arguments that are numbers.
func (n Name) Numbers() []int {
	var numbers []int
	for _, arg := range n.Arguments() {
		if number, err := strconv.Atoi(arg); err == nil {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// Fields returns what an interval is restricted to, such as "day to second".
func (n Name) Fields() string { return n.fields }

// Dimensions returns how many dimensions the array has; 0: it is none.
func (n Name) Dimensions() int { return n.dimensions }

// Element returns the name without dimensions.
func (n Name) Element() Name {
	n.dimensions = 0
	return n
}

// Unlimited returns the name of the same type without arguments and fields, as one
// that takes any value: "bpchar" for "char(3)".
func (n Name) Unlimited() Name {
	if n.own.base == "char" {
		n.own = types.named["bpchar"]
	}
	n.arguments, n.fields = "", ""
	return n
}

// Category returns that of the values: Array if the type has dimensions.
func (n Name) Category() Category {
	if n.dimensions > 0 {
		return Array
	}
	return CategoryOf(n.Base())
}

// String returns the type in our spelling, such as "numeric(8,2)[]". Parse reads
// it back.
func (n Name) String() string {
	text := n.own.name
	if text == "" {
		text = n.Base()
	}
	if n.fields != "" {
		text += " " + n.fields
	}
	if n.arguments != "" {
		text += "(" + n.arguments + ")"
	}
	return text + strings.Repeat("[]", n.dimensions)
}
