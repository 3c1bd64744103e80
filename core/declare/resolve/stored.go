package resolve

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/pgtype"
)

// storable reports a function that is not immutable where PostgreSQL stores the
// result of an expression. It is false if it did.
func (s *scope) storable(e *declare.Expr) bool {
	if !s.stored {
		return true
	}
	name, form := e.Text, e.Text+"(...)"
	if e.Kind == declare.Word {
		name, form = dotted(e), dotted(e)
	}
	stable := pgtype.Stable(name)
	if !stable && !pgtype.Volatile(name) || s.declares(name) {
		return true
	}
	why := "PostgreSQL stores the result, which this function would give anew each time."
	if stable {
		why = "PostgreSQL stores the result, and that of this function depends on the time or on settings: it is stable, not immutable."
	}
	s.wrong(e, fmt.Sprintf("%s cannot stand in %s", form, s.what), why, "take it out")
	return false
}

// declares reports whether the project has a function of its own by a name.
func (s *scope) declares(name string) bool { return !s.function(name).IsZero() }

// storableCast reports a cast that is not immutable where PostgreSQL stores the
// result of an expression. It is false if it did. Text in quotes is read once, when
// the object is made.
func (s *scope) storableCast(e *declare.Expr, arg expression.Node, to *typ) bool {
	from := s.l.typeOf(arg)
	if !s.stored || from == nil || !pgtype.StableCast(from.known(), to.known()) {
		return true
	}
	s.wrong(e, fmt.Sprintf("a cast from %s to %s cannot stand in %s", from, to, s.what),
		"PostgreSQL stores the result, and that of this cast depends on settings such as the time zone: it is stable, not immutable.", zoned(from, to))
	return false
}

// zoned says how to write a cast that is not stable.
func zoned(from, to *typ) string {
	a, b := from.base(), to.base()
	switch {
	case a.is("timestamptz") && immutable("timestamp", b.name.Base()):
		return fmt.Sprintf(`name the time zone: cast(timezone("UTC", x), %s)`, to)
	case b.is("timestamptz") && immutable(a.name.Base(), "timestamp"):
		return `name the time zone: timezone("UTC", cast(x, timestamp))`
	}
	return "take the cast out"
}

// immutable reports whether there is a cast that depends on nothing.
func immutable(from, to string) bool {
	return pgtype.Between(from, to) >= pgtype.Assignment && !pgtype.StableCast(from, to)
}
