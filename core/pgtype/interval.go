package pgtype

import "strings"

// intervalFields are what an interval can be restricted to, with the least of
// the fields as the unit of what it keeps.
var intervalFields = map[string]unit{
	"year": year, "month": month, "day": day, "hour": hour, "minute": minute, "second": second,
	"year to month": month, "day to hour": hour, "day to minute": minute, "day to second": second,
	"hour to minute": minute, "hour to second": second, "minute to second": second,
}

// A unit is a unit of time.
type unit int

const (
	second unit = iota
	minute
	hour
	day
	month
	year
)

// least returns the unit that an interval keeps at least; all do where it has no
// fields.
func (n Name) least() unit { return intervalFields[n.fields] }

// restricted returns the name of an interval with fields, and false if there are
// no such. Only seconds have a precision.
func restricted(words []string, args []int) (Name, bool) {
	fields := strings.Join(words, " ")
	least, known := intervalFields[fields]
	if !known || least != second && len(args) > 0 {
		return Name{}, false
	}
	n := nameOf(types.named["interval"], args...)
	n.fields = fields
	return n, true
}
