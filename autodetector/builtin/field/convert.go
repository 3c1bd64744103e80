package field

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/sdk"
)

// usingExpression is the question, about a field, what its values become in a type to
// which PostgreSQL does not convert them. The answer is an expression over the field,
// or null: the values are given up.
const usingExpression = "using"

// A conversion is what the user says of the values of a field that gets another type.
type conversion struct {
	using string    // as SQL; "" leaves it to PostgreSQL
	lost  bool      // the values are given up
	key   *rekeying // they lead to the same rows by another key
}

// conversion returns what values become. It is not ok if the user has to be asked.
func (x fields) conversion(before, after *sdk.Object, from, to column.Column) (c conversion, ok bool) {
	key := x.rekeying(before, after)
	if key == nil && !retypes(from, to) {
		return conversion{}, true
	}
	answer := x.Answer(usingExpression, to.Address)
	switch {
	case answer != nil && answer.Kind == expression.Null:
		return conversion{lost: true}, true
	case answer != nil && answer.Kind == expression.SQL:
		return conversion{using: x.To.SQL(*answer)}, true
	case answer != nil:
		return conversion{using: to.Type.Loosely(x.To.Enclosed(*answer))}, true
	case key != nil:
		return conversion{key: key}, true
	case from.Type.Converts(to.Type):
		return conversion{}, true
	}
	path := to.Address.Path()
	x.Ask(sdk.Question{
		Name: usingExpression, Subject: to.Address.String(),
		Text: fmt.Sprintf("What do the values of %s become, which go from %s to %s?", path, from.Type.SQL, to.Type.SQL),
		Why: "PostgreSQL does not convert one to the other, or what comes of it is not what was meant. An expression over the field says it; " +
			"nothing behind the = gives the values up: the field is dropped and added.",
		Flag: "--using " + path + "=EXPRESSION",
	})
	return conversion{}, false
}

// unconverted returns what values become on the way back where nothing converts them:
// the default that the field had, or null.
func unconverted(from, to column.Column) string {
	switch {
	case to.Type.Converts(from.Type):
		return ""
	case from.Default != "":
		return from.Default
	}
	return "NULL"
}

// converted returns the hazards of a change of the type.
func (x fields) converted(r retyping, before, after *sdk.Object) []sdk.Hazard {
	var hazards []sdk.Hazard
	is := column.Of(x.To, after)
	switch {
	case r.key != nil:
	case r.using == "":
		hazards = append(hazards, column.Of(x.From, before).Unfit(r.to.Type, false)...)
		hazards = append(hazards, is.Unfit(r.from.Type, true)...)
	default:
		lost := is.ValuesLost(is.Name+" IS NOT NULL", true)
		if r.again == "" {
			lost.Text = "the values of " + is.Table + "." + is.Name + " come back as PostgreSQL converts them, which may not be what they were"
		}
		hazards = append(hazards, lost)
	}
	if r.again == "NULL" && !r.from.Field.Null {
		hazards = append(hazards, vacant(r.from, is.Table, ""))
	}
	return append(hazards, x.disturbances(r, after)...)
}
