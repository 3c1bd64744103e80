package pgtype

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
