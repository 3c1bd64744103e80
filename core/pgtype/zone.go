package pgtype

// Zoned reports whether what becomes of a value in another type depends on the time
// zone of the session: one of the two is at a moment, or has an offset, and the other
// one is as a clock shows it or as people write it. The dimensions do not count.
func Zoned(from, to Name) bool {
	a, b := from.Base(), to.Base()
	switch {
	case a == b, a == "timetz" && b != "timestamp":
		return false
	}
	return atMoment[a] && (local[b] || atMoment[b]) || atMoment[b] && local[a] ||
		CategoryOf(a) == Text && atMoment[b] || atMoment[a] && CategoryOf(b) == Text
}

// atMoment and local are the types of dates and times, with a time zone or an offset
// and without one; see "Date/Time Types" and "Built-in Range and Multirange Types".
var (
	atMoment = set("timestamptz timetz tstzrange tstzmultirange")
	local    = set("date time timestamp daterange tsrange datemultirange tsmultirange")
)
