package column

import "strings"

// A cast is how PostgreSQL converts values of one type to another.
type cast int

const (
	noCast     cast = iota // there is none: by way of text
	explicit               // only where it is written
	assignment             // in ALTER COLUMN TYPE without a word, and in implicit casts
)

// casts holds what pg_cast of PostgreSQL 15 knows of the types that columns have,
// in our spelling of the names: source, colon, targets. A target ends in "!" if
// its cast has to be written. Types of the catalogs (oid, regclass and the like)
// are left out. It is the answer to
//
//	SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast
//
// with the rows of citext and hstore added.
var casts = table(`
	bigint: bit! double~precision integer money numeric oid real smallint
	bit: bigint! integer! varbit
	boolean: char integer! text varchar
	box: circle! lseg! point! polygon
	char: text varchar xml!
	cidr: char inet text varchar
	circle: box! point! polygon!
	citext: char text varchar
	date: timestamp timestamptz
	daterange: datemultirange!
	double~precision: bigint integer numeric real smallint
	hstore: json! jsonb!
	inet: char cidr citext text varchar
	int4range: int4multirange!
	int8range: int8multirange!
	integer: bigint bit! boolean! double~precision money numeric oid real smallint
	interval: time
	json: jsonb
	jsonb: bigint! boolean! double~precision! integer! json numeric! real! smallint!
	lseg: point!
	macaddr: macaddr8
	macaddr8: macaddr
	money: numeric
	name: char text varchar
	numeric: bigint double~precision integer money real smallint
	numrange: nummultirange!
	oid: bigint integer
	path: polygon
	point: box
	polygon: box! circle! path point!
	real: bigint double~precision integer numeric smallint
	smallint: bigint double~precision integer numeric oid real
	text: char citext name varchar xml!
	time: interval timetz
	timestamp: date time timestamptz
	timestamptz: date time timestamp timetz
	timetz: time
	tsrange: tsmultirange!
	tstzrange: tstzmultirange!
	varbit: bit
	varchar: char citext name text xml!
	xml: char text varchar`)

func table(text string) map[string]map[string]cast {
	casts := map[string]map[string]cast{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		source, targets, _ := strings.Cut(strings.TrimSpace(line), ":")
		row := map[string]cast{}
		for _, target := range strings.Fields(targets) {
			name, written := strings.CutSuffix(target, "!")
			row[spaced(name)] = assignment
			if written {
				row[spaced(name)] = explicit
			}
		}
		casts[spaced(source)] = row
	}
	return casts
}

func spaced(name string) string { return strings.ReplaceAll(name, "~", " ") }

// castBetween returns the cast from a base type to another. Every type can be
// assigned to text and be read from it.
func castBetween(from, to string) cast {
	if from == to {
		return assignment
	}
	if c, ok := casts[from][to]; ok {
		return c
	}
	switch {
	case isText(to):
		return assignment
	case isText(from):
		return explicit
	}
	return noCast
}

// isText reports whether a base type is of the string category, to which and
// from which every type is converted by its input and output functions.
func isText(base string) bool {
	switch base {
	case "text", "varchar", "char", "citext", "name":
		return true
	}
	return false
}

// Assigns reports whether PostgreSQL assigns values of the type to another one
// without a word: they could be the same values.
func (t Type) Assigns(to Type) bool {
	if t.dimensions != to.dimensions {
		return t.dimensions > 0 && to.dimensions == 0 && isText(to.base)
	}
	return castBetween(t.base, to.base) == assignment
}
