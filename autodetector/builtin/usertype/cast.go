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
	name   Name
	values []string // of the attributes of $1, in the order of the new type
}

// Casting returns the statements before and after a conversion of columns from a
// composite to the new one of its name, whose attributes get the values that are given
// as SQL over $1. What does not fit is refused, as where a value is assigned.
func (n Name) Casting(values []string) (before, after []string) { return cast{n, values}.statements() }

func (c cast) statements() (before, after []string) {
	function := address.Qualify(c.name.Schema, "whimbrel_convert") + "(" + c.name.old().SQL() + ")"
	between := "(" + c.name.old().SQL() + " AS " + c.name.SQL() + ")"
	return []string{
			"CREATE FUNCTION " + function + " RETURNS " + c.name.SQL() + " LANGUAGE sql STABLE STRICT AS " + sdk.Body("SELECT "+strings.Join(c.values, ", ")),
			"CREATE CAST " + between + " WITH FUNCTION " + function,
		},
		[]string{"DROP CAST " + between, "DROP FUNCTION " + function}
}

// casts returns the statements that make casts for the types over it, and those that
// take them away.
func (c Conversion) casts() (made, gone []string) {
	for _, before := range c.over {
		if before.Address.Kind() != model.CompositeKind {
			continue
		}
		up, down := cast{nameOf(c.work, before), c.attributes(before)}.statements()
		made, gone = append(made, up...), append(down, gone...)
	}
	return made, gone
}

// attributes returns the values of a composite over the type as those of the new one.
func (c Conversion) attributes(before *sdk.Object) []string {
	var values []string
	for _, a := range sdk.AttrsOf[model.Composite](c.work, before).Fields {
		value := "($1)." + address.Quote(a.Label)
		if a.Type.Of != nil && slices.Contains(c.family(), a.Type.Of.Address) {
			value = c.value(value, column.TypeOf(c.moment(before), model.Field{Type: a.Type, Collate: a.Collate}))
		}
		values = append(values, value)
	}
	return values
}
