package usertype

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// Within returns a condition on a value of a type, given as SQL, that holds where a
// condition holds for a value of another type in it: in the elements of an array, in an
// attribute, or for a bound. It is "false" where there is none in it.
func Within(at sdk.Moment, of model.Type, t address.Address, value string, condition func(string) string) string {
	return within{at, t, condition}.in(of, value, 0)
}

type within struct {
	at        sdk.Moment
	t         address.Address
	condition func(string) string
}

func (w within) in(of model.Type, value string, depth int) string {
	switch {
	case of.Of == nil:
		return "false"
	case of.Dimensions > 0:
		element := fmt.Sprintf("e%d", depth)
		of.Dimensions = 0
		if inner := w.in(of, element, depth+1); inner != "false" {
			return "EXISTS (SELECT FROM unnest(" + value + ") AS " + element + " WHERE " + inner + ")"
		}
		return "false"
	case of.Several:
		of.Several, of.Dimensions = false, 1 // as many as an array of ranges
		return w.in(of, value, depth)
	case of.Of.Address == w.t:
		return w.condition(value)
	}
	return w.parts(w.at.Find(of.Of.Address), value, depth)
}

// parts returns the condition for what a value of a declared type is made of.
func (w within) parts(o *sdk.Object, value string, depth int) string {
	var list []string
	for i, of := range MadeOf(w.at.Work, o) {
		part := value
		if o.Address.Kind() == model.CompositeKind {
			part = "(" + value + ")." + address.Quote(sdk.AttrsOf[model.Composite](w.at.Work, o).Fields[i].Label)
		}
		parts := []string{part}
		if o.Address.Kind() == model.RangeKind {
			parts = []string{"lower(" + value + ")", "upper(" + value + ")"}
		}
		for _, part := range parts {
			if inner := w.in(of, part, depth); inner != "false" {
				list = append(list, inner)
			}
		}
	}
	if len(list) == 0 {
		return "false"
	}
	return strings.Join(list, " OR ")
}
