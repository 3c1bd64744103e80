package sqltext

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Text is SQL with holes for the names of objects, so that a rename rewrites
// it without knowing what it says. Its pieces of SQL are kept byte for byte. It
// is immutable; the zero Text is empty.
//
// Its JSON form is {"sql":["select ",{"name":{"$ref":"field shop.pizza.name"}}]}.
type Text struct {
	// Parts has no two literals beside each other and no empty one.
	Parts []Part
}

// New returns the text of parts.
func New(parts ...Part) Text {
	var t Text
	for _, p := range parts {
		last := len(t.Parts) - 1
		switch {
		case p.IsHole():
			t.Parts = append(t.Parts, p)
		case p.SQL == "":
		case last >= 0 && !t.Parts[last].IsHole():
			t.Parts[last].SQL += p.SQL
		default:
			t.Parts = append(t.Parts, p)
		}
	}
	return t
}

// SQL returns a text without holes.
func SQL(sql string) Text { return New(Literal(sql)) }

// IsZero reports whether the text is empty.
func (t Text) IsZero() bool { return len(t.Parts) == 0 }

// Refs returns the objects that the text names, each once, sorted.
func (t Text) Refs() []address.Address {
	var refs []address.Address
	for _, p := range t.Parts {
		if p.IsHole() {
			refs = append(refs, p.Ref)
		}
	}
	slices.SortFunc(refs, address.Compare)
	return slices.Compact(refs)
}

// Plain returns the text without how its names were written.
func (t Text) Plain() Text {
	parts := slices.Clone(t.Parts)
	for i := range parts {
		parts[i].Written, parts[i].While = "", ""
	}
	return Text{Parts: parts}
}

// Spelt returns the text with its names written as in another one, and whether that is the
// same but for these.
func (t Text) Spelt(as Text) (Text, bool) {
	same := slices.EqualFunc(t.Parts, as.Parts, func(p, q Part) bool { return p.SQL == q.SQL && p.Form == q.Form })
	if !same {
		return t, false
	}
	parts := slices.Clone(t.Parts)
	for i, p := range as.Parts {
		parts[i].Written, parts[i].While = p.Written, p.While
	}
	return Text{Parts: parts}, true
}

// Render returns the text with its holes filled by write, whose errors it
// returns with the object's address.
func (t Text) Render(write func(address.Address, Form) (string, error)) (string, error) {
	var b strings.Builder
	for _, p := range t.Parts {
		if !p.IsHole() {
			b.WriteString(p.SQL)
			continue
		}
		name, err := write(p.Ref, p.Form)
		if err != nil {
			return "", fmt.Errorf("writing the name of %s: %w", p.Ref, err)
		}
		b.WriteString(p.filled(name))
	}
	return b.String(), nil
}

// String returns the text for people, with holes as «form kind path».
func (t Text) String() string {
	var b strings.Builder
	for _, p := range t.Parts {
		if p.IsHole() {
			fmt.Fprintf(&b, "«%s %s»", p.Form, p.Ref)
		} else {
			b.WriteString(p.SQL)
		}
	}
	return b.String()
}

// MarshalJSON writes the only form that a text has.
func (t Text) MarshalJSON() ([]byte, error) {
	parts := New(t.Parts...).Parts
	if parts == nil {
		parts = []Part{}
	}
	return json.Marshal(form{SQL: &parts})
}

// UnmarshalJSON reads what MarshalJSON writes, and other ways to divide the same
// text into parts.
func (t *Text) UnmarshalJSON(data []byte) error {
	var read form
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err != nil {
		return fmt.Errorf("SQL text: %w", err)
	}
	if read.SQL == nil {
		return fmt.Errorf(`SQL text: want {"sql": parts}`)
	}
	*t = New(*read.SQL...)
	return nil
}

type form struct {
	SQL *[]Part `json:"sql"`
}
