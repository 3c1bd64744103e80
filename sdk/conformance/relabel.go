package conformance

import (
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
)

// relabelled returns a stage in which objects have other labels, and say so. One
// that is called like its label in the database is called like its new one.
func relabelled(s stage, labels map[address.Address]string) stage {
	var renames []state.Rename
	var puts []*state.Object
	for o := range s.declared.State.All() {
		label, moves := labels[o.Address]
		if !moves {
			continue
		}
		names := o.Address.Names()
		if moved := titled(o, label); moved != o {
			puts = append(puts, moved)
		}
		names[len(names)-1] = label
		renames = append(renames, state.Rename{From: o.Address, To: address.New(o.Address.Kind(), names...)})
	}
	moved, err := with(s.declared.State, puts...).Apply(state.Edit{Rename: renames})
	if err == nil { // else two would have one label
		s.declared.State, s.declared.Renamed = moved, slices.Concat(s.declared.Renamed, renames)
	}
	return s
}

// with returns a state with objects in the place of those of their addresses.
func with(s *state.State, puts ...*state.Object) *state.State {
	b := state.NewBuilder(s)
	for _, o := range puts {
		_ = b.Apply(state.Put(o)) // a put never fails
	}
	return b.Build()
}

// nameAttr is how the argument of a block is called that names it in the database.
const nameAttr = "name"

// nameOf returns what a block is called in the database, empty if it does not say.
func nameOf(o *state.Object) string {
	named, _ := state.Decode[struct{ Name string }](o) // of another type it is no name
	return named.Name
}

// called returns a block with another name in the database.
func called(o *state.Object, name string) *state.Object { return retitled(o, nameAttr, name) }

// retitled returns an object with another text as one of the attributes that it has.
func retitled(o *state.Object, attr, text string) *state.Object {
	attrs := map[string]json.RawMessage{}
	if json.Unmarshal(o.Attrs, &attrs) != nil || attrs[attr] == nil {
		return o
	}
	attrs[attr], _ = state.Encode(text) // text can always be encoded
	renamed := *o
	renamed.Attrs, _ = state.Encode(attrs)
	return &renamed
}
