package autodetector

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/pgtype"
	"github.com/whimbreldb/whimbrel/core/state"
)

// What is listed in a type is no object. In questions it is called as its kind of type
// has it.
const valueKind = "value"

// values decides which values, or parts, of types that list theirs have got other names.
// One that goes while one comes is asked about, like an object.
func (d *renamer) values(ctx context.Context) error {
	for _, c := range d.changes() {
		kind := d.owners.kinds[c.Address().Kind()]
		hint := d.owners.valueHint(kind)
		if c.Before == nil || c.After == nil || hint == "" {
			continue
		}
		was, is := valuesIn(c.Before, kind), valuesIn(c.After, kind)
		listed := &listedValues{renamer: d, of: c.Address(), word: valueKind, hint: hint, was: was.names, is: is.names, fits: was.become(is)}
		if kind.Type.Parts != "" {
			listed.word = kind.Type.Parts
		}
		if err := listed.decide(ctx); err != nil {
			return err
		}
	}
	return nil
}

// valueHint returns the name of the fact that says which values of a type, or parts of
// them, are renamed, "" where there is none.
func (o owners) valueHint(kind detect.Kind) string {
	if kind.Type == nil || kind.Type.Values+kind.Type.Parts == "" {
		return ""
	}
	for _, option := range o.detectors[o.byKind[kind.Name]].Manifest().Options {
		if option.Kind != kind.Name {
			continue
		}
		for _, attr := range option.Shape.Attrs {
			switch {
			case attr.Hint && attr.Type == detect.TypeMap && kind.Type.Values != "":
				return attr.Name
			case attr.Name == kind.Type.Parts && attr.Shape != nil:
				return partHint(*attr.Shape)
			}
		}
	}
	return ""
}

// partHint returns the argument of a part that says its former name, or "".
func partHint(shape detect.Shape) string {
	for _, attr := range shape.Attrs {
		if attr.Hint && attr.Type == detect.TypeString {
			return attr.Name
		}
	}
	return ""
}

// A listing is what a type lists, in order: values, or parts with their types.
type listing struct {
	names []string
	types map[string]model.Type // of parts
}

func valuesIn(o *state.Object, kind detect.Kind) listing {
	attrs, _ := state.Decode[map[string]json.RawMessage](o) // what has no list has no values
	var l listing
	if kind.Type.Parts == "" {
		_ = json.Unmarshal(attrs[kind.Type.Values], &l.names)
		return l
	}
	var parts []struct {
		Label string
		Type  model.Type
	}
	_ = json.Unmarshal(attrs[kind.Type.Parts], &parts)
	l.types = map[string]model.Type{}
	for _, part := range parts {
		l.names, l.types[part.Label] = append(l.names, part.Label), part.Type
	}
	return l
}

// become returns what says whether one of a list may be one of another list under
// another name: a value always, a part where its type can become the other one.
func (l listing) become(other listing) func(old, name string) bool {
	return func(old, name string) bool {
		return becomes(l.types[old], other.types[name])
	}
}

func becomes(was, is model.Type) bool {
	switch {
	case was.Dimensions != is.Dimensions || (was.Of == nil) != (is.Of == nil):
		return false
	case was.Of != nil:
		return was.Of.Address == is.Of.Address && was.Several == is.Several
	case was.SQL == is.SQL:
		return true
	}
	from, err := pgtype.Parse(was.SQL)
	to, wrong := pgtype.Parse(is.SQL)
	return err == nil && wrong == nil && pgtype.Between(from.Base(), to.Base()) >= pgtype.Assignment
}
