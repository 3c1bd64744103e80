package autodetector

import (
	"context"
	"encoding/json"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/state"
)

// valueKind is what a value of a type is called in questions. Values are no objects.
const valueKind = "value"

// values decides which values of types that list theirs have got other names. One that
// goes while one comes is asked about, like an object.
func (d *renamer) values(ctx context.Context) error {
	for _, c := range state.Diff(d.from, d.to) {
		kind := d.owners.kinds[c.Address().Kind()]
		hint := d.owners.valueHint(kind)
		if c.Before == nil || c.After == nil || hint == "" {
			continue
		}
		listed := &listedValues{renamer: d, of: c.Address(), hint: hint, was: valuesIn(c.Before, kind), is: valuesIn(c.After, kind)}
		if err := listed.decide(ctx); err != nil {
			return err
		}
	}
	return nil
}

// valueHint returns the name of the fact that says which values of a type are renamed,
// "" where there is none.
func (o owners) valueHint(kind detect.Kind) string {
	if kind.Type == nil || kind.Type.Values == "" {
		return ""
	}
	for _, option := range o.detectors[o.byKind[kind.Name]].Manifest().Options {
		for _, attr := range option.Shape.Attrs {
			if option.Kind == kind.Name && attr.Hint && attr.Type == detect.TypeMap {
				return attr.Name
			}
		}
	}
	return ""
}

func valuesIn(o *state.Object, kind detect.Kind) []string {
	attrs, _ := state.Decode[map[string]json.RawMessage](o) // what has no list has no values
	var values []string
	_ = json.Unmarshal(attrs[kind.Type.Values], &values)
	return values
}
