package pgtype

import "strings"

// A Cast is how PostgreSQL converts values of one type to another, from the one
// that has to be written out in full to the one that is always made. None is
// none: what there is goes by way of text.
type Cast uint8

// The casts, as in pg_cast.castcontext.
const (
	None       Cast = iota
	Explicit        // only where it is written
	Assignment      // also where a value is assigned, as in ALTER COLUMN TYPE
	Implicit        // also inside of expressions
)

// Between returns the cast from a type to another, given by any of their names
// without arguments and dimensions. Every type can be assigned to a string and
// be read from one. To itself a type has an implicit cast.
func Between(from, to string) Cast {
	from, to = Base(from), Base(to)
	if from == to {
		return Implicit
	}
	if c, ok := casts[from][to]; ok {
		return c
	}
	switch {
	case CategoryOf(to) == Text:
		return Assignment
	case CategoryOf(from) == Text:
		return Explicit
	}
	return None
}

// casts holds what pg_cast knows of the types that columns have: source, colon,
// targets. A target ends in "!" if its cast has to be written, in "+" if it is
// implicit. A blank in a name is "~". Types of the catalogs but oid are left out.
// It is the answer to
//
//	SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast
//
// in databases with the extensions citext and hstore.
var casts = newCasts(`
	bigint: bit! double~precision+ integer money numeric+ oid+ real+ smallint
	bit: bigint! integer! varbit+
	boolean: char citext integer! text varchar
	box: circle! lseg! point! polygon
	char: citext name+ text+ varchar+ xml!
	cidr: char inet+ text varchar
	circle: box! point! polygon!
	citext: char text+ varchar+
	date: timestamp+ timestamptz+
	daterange: datemultirange!
	double~precision: bigint integer numeric real smallint
	hstore: json! jsonb!
	inet: char cidr citext text varchar
	int4range: int4multirange!
	int8range: int8multirange!
	integer: bigint+ bit! boolean! double~precision+ money numeric+ oid+ real+ smallint
	interval: time
	json: jsonb
	jsonb: bigint! boolean! double~precision! integer! json numeric! real! smallint!
	lseg: point!
	macaddr: macaddr8+
	macaddr8: macaddr+
	money: numeric
	name: char text+ varchar
	numeric: bigint double~precision+ integer money real+ smallint
	numrange: nummultirange!
	oid: bigint integer
	path: polygon
	point: box
	polygon: box! circle! path point!
	real: bigint double~precision+ integer numeric smallint
	smallint: bigint+ double~precision+ integer+ numeric+ oid+ real+
	text: char+ citext name+ varchar+ xml!
	time: interval+ timetz+
	timestamp: date time timestamptz+
	timestamptz: date time timestamp timetz
	timetz: time
	tsrange: tsmultirange!
	tstzrange: tstzmultirange!
	varbit: bit+
	varchar: char+ citext name+ text+ xml!
	xml: char text varchar`)

func newCasts(text string) map[string]map[string]Cast {
	casts := map[string]map[string]Cast{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		source, targets, _ := strings.Cut(strings.TrimSpace(line), ":")
		row := map[string]Cast{}
		for _, target := range strings.Fields(targets) {
			name := strings.TrimRight(target, "!+")
			row[spaced(name)] = marks[target[len(name):]]
		}
		casts[spaced(source)] = row
	}
	return casts
}

// marks are what stands behind a target in the table of casts.
var marks = map[string]Cast{"!": Explicit, "": Assignment, "+": Implicit}

func spaced(name string) string { return strings.ReplaceAll(name, "~", " ") }
