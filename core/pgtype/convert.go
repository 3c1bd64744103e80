package pgtype

// Converts reports whether PostgreSQL can make values of one type of another, both
// given by any of their names without arguments and dimensions: there is a cast, the
// text of one is read as the other and means the same, or there is a way by a third
// type that loses no meaning. That some text is read does not say that it means
// something: '1' is a network, and no integer is meant as one.
func Converts(from, to string) bool {
	a, b := Base(from), Base(to)
	return Between(a, b) != None || readable[a][b] || detour(a, b)
}

// detour reports whether there is a way by a third type: by integers, by the day with
// which time begins, by what a multirange spans, by the pairs of an object in JSON.
func detour(from, to string) bool {
	a, b := CategoryOf(from), CategoryOf(to)
	switch {
	case a.IsNumber():
		return to == "boolean" || to == "money"
	case from == "money":
		return b.IsNumber()
	case from == "boolean":
		return b.IsNumber()
	case a == Time:
		return b == Timestamp
	case a == JSON:
		return to == "hstore"
	}
	return spans[from] == to
}

// readable holds what is read from the text of another type, and means the same, where
// there is no cast: source, colon, targets, as in casts.
var readable = newKept(`
	bigint: json jsonb
	boolean: json jsonb
	datemultirange: tsmultirange tstzmultirange
	daterange: tsrange tstzrange
	double~precision: json jsonb
	int4multirange: int8multirange nummultirange
	int4range: int8range numrange
	int8multirange: int4multirange nummultirange
	int8range: int4range numrange
	integer: json jsonb
	json: bigint boolean double~precision integer numeric real smallint
	lseg: path
	numeric: json jsonb oid
	nummultirange: int4multirange int8multirange
	numrange: int4range int8range
	oid: numeric
	path: lseg
	real: json jsonb
	smallint: json jsonb
	timestamp: timetz
	tsmultirange: datemultirange tstzmultirange
	tsrange: daterange tstzrange
	tstzmultirange: datemultirange tsmultirange
	tstzrange: daterange tsrange`)

// spans holds the range that spans a multirange.
var spans = map[string]string{
	"datemultirange": "daterange", "int4multirange": "int4range", "int8multirange": "int8range",
	"nummultirange": "numrange", "tsmultirange": "tsrange", "tstzmultirange": "tstzrange",
}
