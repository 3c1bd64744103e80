package pgtype

// Rewrites reports whether ALTER COLUMN TYPE without USING writes every row anew:
// whether the values are stored in another form, or have to be checked against a
// limit that the old type did not set. It is for types between which there is a
// cast by assignment; without one, every row is written. The time zone of the session
// is UTC.
func Rewrites(from, to Name) bool {
	switch {
	case from == to:
		return false
	case from.dimensions != to.dimensions, from.dimensions > 0 && from.Base() != to.Base():
		return true
	case from.Base() != to.Base():
		return !sameForm[[2]string{from.Base(), to.Base()}] || to.limited() && !to.keepsSeconds()
	case !to.limited():
		return false
	}
	return from.dimensions > 0 || !widens(from, to)
}

// sameForm holds the types whose values are stored alike. It is the answer to
//
//	SELECT castsource::regtype, casttarget::regtype FROM pg_cast
//	WHERE castmethod = 'b' AND castcontext <> 'e'
//
// in a database with the extension citext, types of the catalogs but oid aside, and
// timestamps, which are moments in UTC.
var sameForm = map[[2]string]bool{
	{"bit", "varbit"}:            true,
	{"cidr", "inet"}:             true,
	{"citext", "char"}:           true,
	{"citext", "text"}:           true,
	{"citext", "varchar"}:        true,
	{"integer", "oid"}:           true,
	{"oid", "integer"}:           true,
	{"text", "char"}:             true,
	{"text", "citext"}:           true,
	{"text", "varchar"}:          true,
	{"timestamp", "timestamptz"}: true,
	{"timestamptz", "timestamp"}: true,
	{"varbit", "bit"}:            true,
	{"varchar", "char"}:          true,
	{"varchar", "citext"}:        true,
	{"varchar", "text"}:          true,
	{"xml", "char"}:              true,
	{"xml", "text"}:              true,
	{"xml", "varchar"}:           true,
}

// keepsSeconds reports whether a moment keeps all digits of a second though it says
// how many.
func (n Name) keepsSeconds() bool {
	return CategoryOf(n.Base()) == Timestamp && n.digits() == precision.High
}

func (n Name) limited() bool { return n.arguments != "" || n.fields != "" }

// widens reports whether PostgreSQL knows that all values of a type fit into the
// same type with other arguments. For the types that are not here it checks:
//
//	SELECT DISTINCT p.prosupport FROM pg_cast JOIN pg_proc p ON p.oid = castfunc
//	WHERE castsource = casttarget AND prosupport <> 0
func widens(from, to Name) bool {
	switch to.Base() {
	case "varchar", "varbit":
		return from.arguments != "" && !Shrinks(from, to)
	case "numeric":
		was, is := from.Numbers(), to.Numbers()
		return len(was) > 0 && is[1] == was[1] && is[0] >= was[0]
	case "time", "timestamp", "timestamptz":
		return from.digits() <= to.digits()
	case "interval":
		return to.least() <= from.least() && (from.least() > second || from.digits() <= to.digits())
	}
	return false
}

// digits returns how many digits of a second a type keeps.
func (n Name) digits() int {
	if numbers := n.Numbers(); len(numbers) > 0 {
		return numbers[0]
	}
	return precision.High
}
