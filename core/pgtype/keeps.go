package pgtype

import "strings"

// Keeps reports whether no value of a type is lost in another one: each that can
// be converted at all is what it was when it is converted back. A value that cannot
// be converted makes the change fail, and is not lost. The types are those of
// single values; that of an array keeps what its elements keep. Of types that are
// not PostgreSQL's own it knows nothing and reports false, but for one and the same,
// citext and hstore.
func Keeps(from, to Name) bool {
	a, b := from.Base(), to.Base()
	switch {
	case a == b:
		return from == to || !Shrinks(from, to)
	case to.limited():
		return false
	case isString[b]:
		return CategoryOf(a) != Text || isString[a] || a == "char" || a == "name"
	}
	return kept[a][b]
}

// isString holds the types that keep any text as it is, without a limit.
var isString = set("text varchar citext")

// kept holds which types keep the values of another one, besides the strings:
// source, colon, targets, as in casts. Where there is no cast it goes by way of
// another type: money by numeric, a multirange by
// what it spans, in the time zone UTC. The tests of package column convert values
// there and back that are made to be lost.
var kept = newKept(`
	bigint: integer money numeric oid smallint
	bit: varbit
	boolean: bigint double~precision integer numeric real smallint
	box: polygon
	cidr: inet
	date: timestamp timestamptz
	daterange: datemultirange
	hstore: json jsonb
	int4range: int4multirange
	int8range: int8multirange
	integer: bigint double~precision money numeric oid smallint
	jsonb: json
	macaddr: macaddr8
	macaddr8: macaddr
	money: numeric
	numrange: nummultirange
	oid: bigint integer
	path: polygon
	polygon: path
	real: double~precision
	smallint: bigint double~precision integer numeric real
	text: json xml
	time: timetz
	timestamp: timestamptz
	timestamptz: timestamp
	tsrange: tsmultirange
	tstzrange: tstzmultirange
	varchar: json xml`)

func newKept(text string) map[string]map[string]bool {
	table := map[string]map[string]bool{}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		source, targets, _ := strings.Cut(strings.TrimSpace(line), ":")
		row := map[string]bool{}
		for _, target := range strings.Fields(targets) {
			row[spaced(target)] = true
		}
		table[spaced(source)] = row
	}
	return table
}
