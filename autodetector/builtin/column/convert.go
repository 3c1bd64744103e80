package column

import "github.com/whimbreldb/whimbrel/core/pgtype"

// Converts reports whether Using makes values of another type that mean what the
// values of this one do. Where it does not, only the user knows what they become.
func (t Type) Converts(to Type) bool {
	switch {
	case t.IsArray() == to.IsArray():
		return convertsElement(t, to)
	case t.IsArray() && to.category() == pgtype.Text && !to.enum:
		return true
	case t.category() == pgtype.JSON || to.category() == pgtype.JSON && t.IsArray():
		return false // JSON has arrays of its own
	}
	return convertsElement(t, to)
}

func convertsElement(from, to Type) bool {
	switch {
	case from.base() == to.base():
		return true
	case from.enum && to.enum:
		return true // values that both have
	case from.enum:
		return to.category() == pgtype.Text
	case to.enum:
		return from.category() == pgtype.Text
	}
	return pgtype.Converts(from.base(), to.base())
}
