package diag

import "strconv"

// String returns file:line:column.
func (r Range) String() string {
	if r.IsZero() {
		return ""
	}
	return r.File + ":" + strconv.Itoa(r.Start.Line) + ":" + strconv.Itoa(r.Start.Column)
}
