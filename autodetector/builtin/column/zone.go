package column

// InUTC has the rest of the transaction read times in UTC. Otherwise what a
// conversion makes of them would depend on who runs it.
const InUTC = "SET LOCAL TimeZone TO 'UTC'"

// ZoneOf returns the statements that settle the time zone of a conversion, and what
// to say of it behind the types; none if no zone has a part in it.
func ZoneOf(from, to Type) (statements []string, text string) {
	if !from.Zoned(to) {
		return nil, ""
	}
	return []string{InUTC}, ", times in UTC"
}
