package conformance

import (
	"context"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// logical gives what the detector has to do with another label, as --rename and
// renamed_from do: each alone, and each with the change to the next stage.
func (t *trial) logical(ctx context.Context, stages []stage) {
	seen := map[address.Address]bool{}
	for i, s := range stages {
		var others []stage
		for _, a := range t.concerned(s.declared.State) {
			if seen[a] {
				continue
			}
			seen[a] = true
			for _, next := range stages[i:min(i+2, len(stages))] {
				if to, ok := readdressed(next, a); ok {
					others = append(others, to)
				}
			}
		}
		t.eachFrom(ctx, addressCheck, s, others)
	}
	if len(seen) == 0 {
		t.skip("the models have no model or field that its objects are on or name", addressCheck)
	}
}

// concerned returns the models and fields that objects of the detector are on or name,
// and its options on models that have labels. What stands by itself has its own check.
func (t *trial) concerned(s *state.State) []address.Address {
	var list []address.Address
	add := func(a address.Address) {
		o := s.Get(a)
		if o != nil && !slices.Contains(list, a) && (a.Kind() == model.ModelKind || a.Kind() == model.FieldKind && visible(o) || t.labelled(o)) {
			list = append(list, a)
		}
	}
	for o := range s.All() {
		if !t.owns(o.Address.Kind()) {
			continue
		}
		add(o.Address)
		add(o.Parent)
		add(modelAbove(s, o))
		for _, ref := range o.Refs {
			add(ref.Target)
		}
	}
	return list
}

// labelled reports whether an object is a labelled option of the detector on a model.
func (t *trial) labelled(o *state.Object) bool {
	return !o.Parent.IsZero() && slices.ContainsFunc(t.Detector.Manifest().Options, func(option detect.Option) bool {
		return option.Kind == o.Address.Kind() && option.Labelled
	})
}

// visible reports whether a field has a column.
func visible(o *state.Object) bool {
	field, err := state.Decode[model.Field](o)
	return err == nil && field.Column != ""
}

// readdressed returns a stage in which something has another label. A table or column
// that is called like it is called like its new one.
func readdressed(s stage, a address.Address) (stage, bool) {
	o := s.declared.State.Get(a)
	if o == nil {
		return s, false
	}
	label := o.Address.Name()
	to := relabelled(s, map[address.Address]string{a: label + "_renamed"})
	to.name = s.name + " with another label of " + a.String()
	return to, to.declared.State != s.declared.State
}

// titled returns an object with the name in the database that follows from a label, if
// it has that of its own.
func titled(o *state.Object, label string) *state.Object {
	for _, attr := range []string{nameAttr, "table", "column"} {
		if textAt(o, attr) == o.Address.Name() {
			o = retitled(o, attr, label)
		}
	}
	return o
}

// textAt returns an attribute that is text.
func textAt(o *state.Object, attr string) string {
	attrs, err := state.Decode[map[string]any](o)
	if err != nil {
		return ""
	}
	text, _ := attrs[attr].(string)
	return text
}
