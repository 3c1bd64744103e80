package pgtype

// Narrows reports whether the cast by assignment from a type to another, given by
// any of their names without arguments, loses something of some value without an
// error: the time of day, digits, a part of a network address. It does not speak
// of integers, which fail or are rounded; Range has their bounds.
func Narrows(from, to string) bool { return narrowing[[2]string{Base(from), Base(to)}] }

// narrowing comes from the descriptions of the types in "Data Types"; the test
// has two values for each that become one.
var narrowing = map[[2]string]bool{
	{"bigint", "double precision"}:  true,
	{"bigint", "real"}:              true,
	{"double precision", "real"}:    true,
	{"inet", "cidr"}:                true,
	{"integer", "real"}:             true,
	{"interval", "time"}:            true,
	{"numeric", "double precision"}: true,
	{"numeric", "real"}:             true,
	{"timestamp", "date"}:           true,
	{"timestamp", "time"}:           true,
	{"timestamptz", "date"}:         true,
	{"timestamptz", "time"}:         true,
	{"timestamptz", "timetz"}:       true,
	{"timetz", "time"}:              true,
}

// Shrinks reports whether a value of a type may not fit as it is into the same
// type with other arguments or fields. Into another type it may not.
func Shrinks(from, to Name) bool {
	if from.Base() != to.Base() || to.least() > from.least() {
		return true
	}
	was, is := from.Numbers(), to.Numbers()
	switch {
	case len(is) == 0:
		return false
	case len(was) == 0:
		return true
	case to.Base() == "numeric":
		return is[0]-is[1] < was[0]-was[1] || is[1] < was[1]
	}
	return is[0] < was[0]
}
