package pgtype

// A Category groups types by the values that they have. It is finer than
// pg_type.typcategory where that says nothing of how a value is written.
type Category uint8

// Other is what has no category of its own: geometry, networks, ranges and more.
const (
	Other Category = iota
	Bool
	Integer
	Numeric
	Float
	Text // strings: to and from them every type is converted
	UUID
	Date
	Time
	Timestamp
	JSON
	Array
)

// CategoryOf returns the category of a type given by its name without arguments
// and dimensions. It knows citext, which comes with an extension, for a string.
func CategoryOf(name string) Category {
	if name == "citext" {
		return Text
	}
	t, _ := Lookup(name)
	return t.category
}

// IsNumber reports whether the values are numbers. Money is none.
func (c Category) IsNumber() bool { return c == Integer || c == Numeric || c == Float }
