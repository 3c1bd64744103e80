// Package shop builds states of an app named shop in Go, for tests of kinds that
// model files cannot show: several states by one function, or attributes that no
// source writes. References are found in the attributes, as a source does.
package shop

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/expression"
	"github.com/whimbreldb/whimbrel/core/model"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Part is an object of a state, with those that are part of it: what makes it
// below a parent, as the one of this rank.
type Part func(parent address.Address, rank int) []*state.Object

// State returns the state of some parts.
func State(parts ...Part) *state.State {
	var objects []*state.Object
	for i, p := range parts {
		objects = append(objects, p(address.New("app", "shop"), i)...)
	}
	s := state.New(objects...)
	for _, o := range objects {
		o.Refs = references(s, o)
	}
	return state.New(objects...) // s has an index without the references
}

// Object returns an object of the app with attributes of its kind.
func Object(a, parent address.Address, rank int, attrs any) *state.Object {
	encoded, err := state.Encode(attrs)
	if err != nil {
		panic(err) // attributes of a test always encode
	}
	return &state.Object{Address: a, Parent: parent, Rank: rank, App: "shop", Attrs: encoded}
}

// references finds every {"$ref"} in the attributes.
func references(s *state.State, o *state.Object) []state.Reference {
	var refs []state.Reference
	for _, text := range strings.Split(string(o.Attrs), `{"$ref":`)[1:] {
		var a address.Address
		if err := json.NewDecoder(strings.NewReader(text)).Decode(&a); err != nil {
			panic(err) // Encode has written it
		}
		refs = append(refs, referencesTo(s, o, a)...)
	}
	slices.SortFunc(refs, func(a, b state.Reference) int { return address.Compare(a.Target, b.Target) })
	return slices.CompactFunc(refs, func(a, b state.Reference) bool { return a.Target == b.Target })
}

// referencesTo returns the reference to an object, and those that come with it: an
// expression over a field names values of its enum, and what leads to a model leads
// to its primary key.
func referencesTo(s *state.State, o *state.Object, target address.Address) []state.Reference {
	aspects := state.Exists | state.Definition
	isField := o.Address.Kind() == model.FieldKind
	switch {
	case isField:
		aspects |= state.Type
	case isPlainKey(o):
		aspects = state.Exists
	}
	refs := []state.Reference{{Target: target, Aspects: aspects}}
	if f := s.Get(target); !isField && target.Kind() == model.FieldKind {
		refs = append(refs, literals(f)...)
	}
	for _, key := range s.Children(target, model.ConstraintKind) {
		if target.Kind() == model.ModelKind && strings.Contains(string(key.Attrs), "primary_key") {
			refs = append(refs, state.Reference{Target: key.Address, Aspects: aspects})
		}
	}
	return refs
}

// isPlainKey reports whether an object is an index or a unique constraint over columns
// and nothing else.
func isPlainKey(o *state.Object) bool {
	switch o.Address.Kind() {
	case model.ConstraintKind:
		c, err := state.Decode[model.Constraint](o)
		return err == nil && (c.Type == model.PrimaryKey || c.Type == model.Unique)
	case model.IndexKind:
		index, err := state.Decode[model.Index](o)
		computed := func(k model.Key) bool { return k.Value.Kind != expression.Field }
		return err == nil && index.Where == nil && !slices.ContainsFunc(index.Keys, computed)
	}
	return false
}

// literals are the references of an expression that compares a field with values
// of its enum.
func literals(f *state.Object) []state.Reference {
	attrs, err := state.Decode[model.Field](f)
	if err != nil || attrs.Type.Of == nil {
		return nil
	}
	return []state.Reference{{Target: attrs.Type.Of.Address, Aspects: state.Exists | state.Definition}}
}
