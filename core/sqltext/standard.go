package sqltext

import "slices"

// Standard reports whether the body of a function in SQL is one of the SQL standard,
// which stands in no quotes: BEGIN ATOMIC with statements, or RETURN with an expression.
func Standard(body string) bool {
	first := Words(body, 2)
	return slices.Equal(first, []string{"BEGIN", "ATOMIC"}) || len(first) > 0 && first[0] == "RETURN"
}
