// Package state holds the state of a project: an immutable set of objects by
// address.
//
// Everything is an object: a model, a field, an index, and every option that a
// plugin owns. An object has a kind (in its address), attributes and references
// to other objects. One generic diff by address serves all kinds; the package
// knows none of them. States are made by sources and by replaying migrations.
package state

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// An Object is one thing in a state. It is never changed once it is in a State.
type Object struct {
	Address address.Address `json:"address"`
	// Parent is the object that this one is part of, zero if it stands alone.
	// The path of a parent begins the path of its children, or equals it.
	Parent address.Address `json:"parent,omitzero"`
	// Attrs is a JSON object in the canonical form that Encode writes.
	Attrs json.RawMessage `json:"attrs"`
	// Version is that of the shape of the attributes, 0 for the first, and
	// Rendering that of the SQL made of them. Both are numbers of the kind's owner.
	Version   int `json:"version,omitempty"`
	Rendering int `json:"rendering,omitempty"`
	// Refs are the objects that must exist for this one, besides its parent,
	// ordered by target.
	Refs []Reference `json:"refs,omitempty"`
	// Rank is the place among the siblings in the source, for CREATE TABLE and
	// for people. It is no part of the definition.
	Rank int `json:"rank,omitempty"`
	// App is the app whose migrations carry the object. It is no part of the
	// definition.
	App string `json:"app,omitempty"`
	// Readings are what the SQL texts of the object were read as. They are no part of
	// the definition.
	Readings []Reading `json:"readings,omitempty"`
}

// A Reading is what a text in SQL, as somebody wrote it, was found to say. As long
// as the same text is looked up in the same names, it need not be parsed again.
type Reading struct {
	// Source is a hash of the text and of what it was read as.
	Source string `json:"source"`
	// Lookups are the names that were looked up, and Answers is a hash of what they
	// were found to name.
	Lookups []string `json:"lookups,omitempty"`
	Answers string   `json:"answers,omitempty"`
	// Text is the text with holes for the names of objects; see core/sqltext.
	Text json.RawMessage `json:"text"`
	// Refs are the objects that it depends on.
	Refs []Reference `json:"refs,omitempty"`
	// Columns are those that a query has, canonical JSON as they stand in attributes.
	Columns json.RawMessage `json:"columns,omitempty"`
}

// A Reference says which aspects of its target an object depends on.
type Reference struct {
	Target  address.Address `json:"target"`
	Aspects Aspects         `json:"aspects"`
}

// Same reports whether two objects have the same definition: address, parent,
// attributes with the version of their shape, and rendering. References follow
// from those; rank and app do not count.
func Same(a, b *Object) bool {
	return a.Address == b.Address && a.Parent == b.Parent && bytes.Equal(a.Attrs, b.Attrs) &&
		a.Version == b.Version && a.Rendering == b.Rendering
}

// Ref returns the aspects of target that the object depends on, or 0.
func (o *Object) Ref(target address.Address) Aspects {
	var found Aspects
	for _, ref := range o.Refs {
		if ref.Target == target {
			found |= ref.Aspects
		}
	}
	return found
}

// Decode reads the attributes of an object into a struct of its kind.
func Decode[T any](o *Object) (T, error) {
	var attrs T
	err := json.Unmarshal(o.Attrs, &attrs)
	return attrs, err
}

// rebased returns the object with every address that a rename concerns
// rewritten: its own, its parent's, those it refers to and those in its
// attributes. An object that it does not concern is returned as it is.
func (o *Object) rebased(to func(address.Address) address.Address) *Object {
	moved := *o
	moved.Address, moved.Parent = to(o.Address), to(o.Parent)
	moved.Attrs = rebaseAttrs(o.Attrs, to)
	moved.Refs = make([]Reference, len(o.Refs))
	for i, ref := range o.Refs {
		moved.Refs[i] = Reference{Target: to(ref.Target), Aspects: ref.Aspects}
	}
	if Same(o, &moved) && slices.Equal(o.Refs, moved.Refs) {
		return o
	}
	return &moved
}

// refOpen begins every reference in canonical attributes. In a JSON string its
// quotes would be escaped, so text never looks like one.
const refOpen = `{"$ref":`

func rebaseAttrs(attrs json.RawMessage, to func(address.Address) address.Address) json.RawMessage {
	if !bytes.Contains(attrs, []byte(refOpen)) {
		return attrs
	}
	parts := strings.Split(string(attrs), refOpen)
	for i, part := range parts[1:] {
		parts[i+1] = rebaseText(part, to)
	}
	return json.RawMessage(strings.Join(parts, refOpen))
}

// rebaseText rewrites the JSON string at the beginning of text, an address.
func rebaseText(text string, to func(address.Address) address.Address) string {
	decoder := json.NewDecoder(strings.NewReader(text))
	var a address.Address
	if err := decoder.Decode(&a); err != nil {
		return text
	}
	written, err := marshal(to(a))
	if err != nil {
		return text
	}
	return string(written) + text[decoder.InputOffset():]
}
