package sdk

import (
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// A Text is SQL that somebody wrote, with holes for the names of objects: the value
// of an argument of type sql.
type Text = sqltext.Text

// Text returns SQL with the names that objects have at the moment.
func (m Moment) Text(t Text) string {
	text, err := t.Render(func(a address.Address, form sqltext.Form) (string, error) { return m.name(a, form), nil })
	if err != nil {
		m.Fail(err)
	}
	return text
}

// name returns what an object is called at the moment.
func (m Moment) name(a Address, form sqltext.Form) string {
	switch {
	case form == sqltext.InString:
		return address.Literal(m.name(a, sqltext.Qualified))
	case a.Kind() == model.FieldKind:
		return m.Column(a)
	case a.Kind() == model.ModelKind && form == sqltext.Qualified:
		return m.Table(a)
	case a.Kind() == model.ModelKind:
		return address.Quote(m.Model(a).Table)
	case form == sqltext.Qualified:
		return m.Qualified(a)
	}
	return address.Quote(AttrsOf[struct{ Name string }](m.Work, m.Find(a)).Name)
}
