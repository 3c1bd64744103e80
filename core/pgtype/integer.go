package pgtype

// Range returns the least and the greatest value of an integer type, given by any
// of its names, and false if it is none. The sizes are those of the table
// "Numeric Types" in "Data Types" and of pg_type.typlen.
func Range(name string) (low, high int64, ok bool) {
	t, _ := Lookup(name)
	if t.bits == 0 {
		return 0, 0, false
	}
	high = 1<<(t.bits-1) - 1
	return -high - 1, high, true
}
