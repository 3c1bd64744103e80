package usertype

import (
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// A cast is one between an old type and the new one of its name, for as long as columns
// are converted. PostgreSQL takes it for the elements of arrays and under domains too,
// where ALTER COLUMN TYPE has no expression that could reach them.
type cast struct {
	name  Name
	value string // what stands behind SELECT in a function of $1
}

// Casting returns the statements before and after a conversion of columns from a
// composite to the new one of its name, whose attributes get the values that are given
// as SQL over $1. What does not fit is refused, as where a value is assigned.
func (n Name) Casting(values []string) (before, after []string) {
	return cast{n, strings.Join(values, ", ")}.statements()
}

// CastingRange is Casting for a range and its multirange. A bound becomes what a
// function returns for it.
func CastingRange(r model.Range, bound func(string) string) (before, after []string) {
	name, several := RangeName(r), MultirangeName(r)
	one := "CASE WHEN isempty($1) THEN " + address.Literal("empty") + " ELSE " + name.SQL() + "(" + bound("lower($1)") + ", " + bound("upper($1)") +
		", CASE WHEN lower_inc($1) THEN '[' ELSE '(' END || CASE WHEN upper_inc($1) THEN ']' ELSE ')' END) END"
	up, down := cast{name, one}.statements()
	many, none := cast{several, "coalesce(range_agg(r::" + name.SQL() + "), '{}') FROM unnest($1) AS r"}.statements()
	return append(up, many...), append(none, down...)
}

func (c cast) statements() (before, after []string) {
	function := address.Qualify(c.name.Schema, "whimbrel_convert") + "(" + c.name.old().SQL() + ")"
	between := "(" + c.name.old().SQL() + " AS " + c.name.SQL() + ")"
	return []string{
			"CREATE FUNCTION " + function + " RETURNS " + c.name.SQL() + " LANGUAGE sql STABLE STRICT AS " + sdk.Body("SELECT "+c.value),
			"CREATE CAST " + between + " WITH FUNCTION " + function,
		},
		[]string{"DROP CAST " + between, "DROP FUNCTION " + function}
}

// casts returns the statements that make casts for the types over it, and those that
// take them away.
func (c Conversion) casts() (made, gone []string) {
	for _, before := range c.over {
		var up, down []string
		switch before.Address.Kind() {
		case model.CompositeKind:
			up, down = nameOf(c.work, before).Casting(c.attributes(before))
		case model.RangeKind:
			r := sdk.AttrsOf[model.Range](c.work, before)
			up, down = CastingRange(r, func(bound string) string { return c.part(before, bound, model.Field{Type: r.Subtype}) })
		}
		made, gone = append(made, up...), append(down, gone...)
	}
	return made, gone
}

// attributes returns the values of a composite over the type as those of the new one.
func (c Conversion) attributes(before *sdk.Object) []string {
	var values []string
	for _, a := range sdk.AttrsOf[model.Composite](c.work, before).Fields {
		values = append(values, c.part(before, "($1)."+address.Quote(a.Label), model.Field{Type: a.Type, Collate: a.Collate}))
	}
	return values
}

// part returns a part of a value of a type over it as that of the new one.
func (c Conversion) part(of *sdk.Object, value string, as model.Field) string {
	if as.Type.Of == nil || !slices.Contains(c.family(), as.Type.Of.Address) {
		return value
	}
	return c.value(value, column.TypeOf(c.moment(of), as))
}
