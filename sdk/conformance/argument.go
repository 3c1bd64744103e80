package conformance

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// arguments returns a stage with one argument at a time of an option as another stage
// has it, where they differ in more than one: an owner that compares some of them only
// is found by those that it forgets.
func arguments(stages []stage, s stage, o *state.Object) []stage {
	var list []stage
	for _, from := range stages {
		other := from.declared.State.Get(o.Address)
		if other == nil {
			continue
		}
		names := differing(o, other)
		if len(names) < 2 {
			continue // that is the option as it is there
		}
		for _, name := range names {
			mixed := mixed(o, other, name)
			if !complete(s.declared.State, mixed) {
				continue
			}
			changed := s
			changed.name = s.name + " with " + name + " of " + o.Address.Path() + " of " + from.name
			changed.declared.State = with(s.declared.State, mixed)
			list = append(list, changed)
		}
	}
	return list
}

// differing returns the names of the attributes in which two objects differ, sorted.
func differing(a, b *state.Object) []string {
	left, right := attrsOf(a), attrsOf(b)
	var names []string
	for name := range left {
		if !bytes.Equal(left[name], right[name]) {
			names = append(names, name)
		}
	}
	for name := range right {
		if left[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func attrsOf(o *state.Object) map[string]json.RawMessage {
	attrs := map[string]json.RawMessage{}
	_ = json.Unmarshal(o.Attrs, &attrs) // attributes are an object
	return attrs
}

// mixed returns an object with one attribute as another one has it, and with references
// to what it then names.
func mixed(o, other *state.Object, name string) *state.Object {
	attrs := attrsOf(o)
	if value := attrsOf(other)[name]; value != nil {
		attrs[name] = value
	} else {
		delete(attrs, name)
	}
	more := *o
	more.Attrs, _ = state.Encode(attrs) // what was read can be written
	more.Refs = slices.DeleteFunc(slices.Clone(o.Refs), func(r state.Reference) bool {
		return speaksOf(o, r.Target) && !speaksOf(&more, r.Target)
	})
	for _, r := range other.Refs {
		if speaksOf(&more, r.Target) && more.Ref(r.Target) == 0 {
			more.Refs = append(more.Refs, r)
		}
	}
	slices.SortFunc(more.Refs, func(a, b state.Reference) int { return address.Compare(a.Target, b.Target) })
	return &more
}

// speaksOf reports whether the attributes of an object name another one.
func speaksOf(o *state.Object, a address.Address) bool {
	ref, err := state.Encode(address.RefTo(a))
	return err == nil && bytes.Contains(o.Attrs, ref)
}
