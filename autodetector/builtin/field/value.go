package field

import (
	"fmt"

	"github.com/whimbreldb/whimbrel/autodetector/builtin/column"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/sdk"
)

// once returns the one-off value for the rows that are there when a field comes,
// as SQL. It is not ok if the user has to be asked.
func (x fields) once(c column.Column, existing bool) (value string, ok bool) {
	if !existing || c.Generated != "" || c.Field.Identity != "" {
		return "", true
	}
	if answer := x.Answer(oneOffDefault, c.Address); answer != nil {
		return column.Default(x.To, answer, c.Field.Type), true
	}
	if c.Field.Null || c.Default != "" || domainDefault(x.To, c.Field.Type) {
		return "", true
	}
	x.ask(c.Address, fmt.Sprintf("What value do the rows of %s get for the new field %s?", modelPath(c.Address), c.Address.Name()),
		"The field is NOT NULL and has no default, and the table may have rows.")
	return "", false
}

// domainDefault reports whether a type is a domain that has a default at a moment.
func domainDefault(at sdk.Moment, t model.Type) bool {
	if t.Of == nil || t.Of.Kind() != model.DomainKind || t.Dimensions > 0 {
		return false
	}
	return sdk.AttrsOf[model.Domain](at.Work, at.Find(t.Of.Address)).Default != nil
}

// fillWith returns the value for rows that hold null in a field that becomes NOT
// NULL, as SQL; "" leaves it to the declared default.
func (x fields) fillWith(c column.Column) (value string, ok bool) {
	if answer := x.Answer(oneOffDefault, c.Address); answer != nil {
		return column.Default(x.To, answer, c.Field.Type), true
	}
	if c.Default != "" || c.Field.Identity != "" || c.Generated != "" {
		return "", true
	}
	x.ask(c.Address, fmt.Sprintf("What value do the rows of %s get whose %s is null?", modelPath(c.Address), c.Address.Name()),
		"The field becomes NOT NULL and has no default, and rows may hold null.")
	return "", false
}

func (x fields) ask(field address.Address, text, why string) {
	x.Ask(sdk.Question{
		Name: oneOffDefault, Subject: field.String(), Text: text, Why: why,
		Flag: "--default " + field.Path() + "=VALUE",
	})
}

// modelPath returns the path of the model that a field is in.
func modelPath(field address.Address) string {
	names := field.Names()
	return address.New(model.ModelKind, names[:len(names)-1]...).Path()
}
