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

// Write returns a name in the form. Without a schema it is the name alone.
func (f Form) Write(schema, name string) string {
	whole := address.Quote(name)
	if schema != "" && f != Name {
		whole = address.Qualify(schema, name)
	}
	if f == InString {
		return address.Literal(whole)
	}
	return whole
}

func (f Form) known() bool { return f == Name || f == Qualified || f == InString }

// A Part is a piece of SQL, or a hole for the name of an object.
type Part struct {
	SQL  string          // where Form is empty
	Form Form            // of the hole
	Ref  address.Address // what the hole names
	// Written is how the name stands in the text of a database, for as long as the hole is
	// filled with While: other capitals, or no schema. Empty: as it is filled.
	Written, While string
}

// filled returns the name for a hole, or how it was written while that was the name.
func (p Part) filled(name string) string {
	if p.Written != "" && name == p.While {
		return p.Written
	}
	return name
}

// Literal returns a part that is SQL.
func Literal(sql string) Part { return Part{SQL: sql} }

// Hole returns a part that stands for the name of an object.
func Hole(form Form, a address.Address) Part { return Part{Form: form, Ref: a} }

// IsHole reports whether the part stands for a name.
func (p Part) IsHole() bool { return p.Form != "" }

// MarshalJSON writes a string, or an object whose key is the form, with how the name was
// written, if that is known.
func (p Part) MarshalJSON() ([]byte, error) {
	if p.IsHole() {
		hole := map[string]any{string(p.Form): address.RefTo(p.Ref)}
		if p.Written != "" {
			hole[written], hole[while] = p.Written, p.While
		}
		return json.Marshal(hole)
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
	var hole map[string]json.RawMessage
	if err := json.Unmarshal(data, &hole); err != nil {
		return err
	}
	*p = Part{}
	for key, value := range hole {
		if err := p.read(key, value); err != nil {
			return err
		}
	}
	if !p.Form.known() || p.Ref.IsZero() || (p.Written == "") != (p.While == "") {
		return errPart
	}
	return nil
}

// The keys of a hole besides its form.
const (
	written = "written"
	while   = "while"
)

func (p *Part) read(key string, value json.RawMessage) error {
	switch {
	case key == written:
		return json.Unmarshal(value, &p.Written)
	case key == while:
		return json.Unmarshal(value, &p.While)
	case p.Form != "":
		return errPart
	}
	var ref address.Ref
	err := json.Unmarshal(value, &ref)
	p.Form, p.Ref = Form(key), ref.Address
	return err
}

var errPart = errors.New(`a part of SQL text is a string or a hole: {"name": reference}, {"qualified": reference} or {"string": reference}`)
