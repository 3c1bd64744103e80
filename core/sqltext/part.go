package sqltext

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Form says how the name of an object stands in SQL.
type Form string

// The forms of a hole.
const (
	Name      Form = "name"      // the name alone, as that of a column
	Qualified Form = "qualified" // the schema's name, a dot, the name
	InString  Form = "string"    // a string literal with the qualified name in it, as in nextval('shop.order_no')
)

// Write returns a name in the form.
func (f Form) Write(schema, name string) string {
	switch f {
	case Qualified:
		return address.Qualify(schema, name)
	case InString:
		return address.Literal(address.Qualify(schema, name))
	}
	return address.Quote(name)
}

func (f Form) known() bool { return f == Name || f == Qualified || f == InString }

// A Part is a piece of SQL, or a hole for the name of an object.
type Part struct {
	SQL  string          // where Form is empty
	Form Form            // of the hole
	Ref  address.Address // what the hole names
}

// Literal returns a part that is SQL.
func Literal(sql string) Part { return Part{SQL: sql} }

// Hole returns a part that stands for the name of an object.
func Hole(form Form, a address.Address) Part { return Part{Form: form, Ref: a} }

// IsHole reports whether the part stands for a name.
func (p Part) IsHole() bool { return p.Form != "" }

// MarshalJSON writes a string, or an object with the form as its only key.
func (p Part) MarshalJSON() ([]byte, error) {
	if p.IsHole() {
		return json.Marshal(map[Form]address.Ref{p.Form: address.RefTo(p.Ref)})
	}
	if !utf8.ValidString(p.SQL) {
		return nil, fmt.Errorf("SQL text %q is not UTF-8", p.SQL)
	}
	return json.Marshal(p.SQL)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (p *Part) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		*p = Part{}
		return json.Unmarshal(data, &p.SQL)
	}
	var hole map[Form]address.Ref
	if err := json.Unmarshal(data, &hole); err != nil {
		return err
	}
	for form, ref := range hole {
		*p = Hole(form, ref.Address)
	}
	if len(hole) != 1 || !p.Form.known() || p.Ref.IsZero() {
		return errPart
	}
	return nil
}

var errPart = errors.New(`a part of SQL text is a string or a hole: {"name": reference}, {"qualified": reference} or {"string": reference}`)
