package pgtype

import "strings"

// StableCast reports whether the cast from a type to another is stable and not
// immutable: what it gives depends on settings, such as the time zone, or on what
// else is in the database, so that no index and no generated column can hold it.
// The types are given as Parse reads them, dimensions included; "enum" stands for
// any enum. It reports false for a cast that there is not, and for types of which
// it knows nothing.
func StableCast(from, to string) bool {
	a, err := Parse(from)
	if err != nil {
		return false
	}
	b, err := Parse(to)
	switch {
	case err != nil:
		return false
	case a.dimensions > 0 && b.dimensions == 0:
		return b.Category() == Text // array_out is stable
	case a.dimensions == 0 && b.dimensions > 0:
		return a.Category() == Text // array_in is stable
	}
	return stableBetween(a.Base(), b.Base())
}

// stableBetween is StableCast for types without dimensions, as casts know them.
// What has no cast of its own goes by way of text.
func stableBetween(from, to string) bool {
	if _, direct := casts[from][to]; direct {
		return stableCasts[[2]string{from, to}]
	}
	switch {
	case from == to:
		return false
	case CategoryOf(to) == Text:
		return stableOutput[from]
	}
	return CategoryOf(from) == Text && stableInput[to]
}

// stableCasts is the answer to
//
//	SELECT castsource::regtype, casttarget::regtype FROM pg_cast
//	JOIN pg_proc f ON f.oid = castfunc WHERE provolatile = 's'
//
// without the types that casts leaves out.
var stableCasts = map[[2]string]bool{
	{"bigint", "money"}:          true,
	{"char", "xml"}:              true,
	{"date", "timestamptz"}:      true,
	{"integer", "money"}:         true,
	{"money", "numeric"}:         true,
	{"numeric", "money"}:         true,
	{"text", "xml"}:              true,
	{"time", "timetz"}:           true,
	{"timestamp", "timestamptz"}: true,
	{"timestamptz", "date"}:      true,
	{"timestamptz", "time"}:      true,
	{"timestamptz", "timestamp"}: true,
	{"timestamptz", "timetz"}:    true,
	{"varchar", "xml"}:           true,
}

// stableOutput and stableInput hold the types whose values depend on something
// besides them when they are written as text and read from it. They are the answer,
// for typoutput and typinput, to
//
//	SELECT typname FROM pg_type JOIN pg_proc f ON f.oid = typoutput WHERE provolatile = 's'
var (
	stableOutput = set(settled)
	stableInput  = set(settled + " time timetz xml")
)

const settled = `
	aclitem date datemultirange daterange enum int4multirange int4range int8multirange int8range interval money
	nummultirange numrange regclass regcollation regconfig regdictionary regnamespace regoper regoperator regproc
	regprocedure regrole regtype timestamp timestamptz tsmultirange tsrange tstzmultirange tstzrange`

func set(text string) map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(text) {
		names[name] = true
	}
	return names
}
