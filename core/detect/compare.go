package detect

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"github.com/whimbreldb/whimbrel/core/state"
)

// Unlike returns the names of the attributes in which an object that Inspect has
// found is not the one that is wanted, sorted. What is absent is as good as its
// default. An expression, a query or SQL in the database can be told from another
// by nobody but PostgreSQL, so a found one may be true: it is there, whatever it
// says. So may a list or a block, of which a catalog does not always have the parts
// as they were written, and the columns that follow from a query.
func (m *Manifest) Unlike(want, found *state.Object) []string {
	if bytes.Equal(want.Attrs, found.Attrs) {
		return nil
	}
	attrs := m.attrs(want.Address.Kind())
	wanted, have := members(want.Attrs), members(found.Attrs)
	names := slices.Concat(slices.Collect(maps.Keys(wanted)), slices.Collect(maps.Keys(have)))
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		return attrs[name].alike(wanted[name], have[name]) || string(have[name]) == "true" && follows(name, attrs)
	})
}

// follows reports whether an attribute has the columns of a query.
func follows(name string, attrs map[string]Attr) bool {
	for _, a := range attrs {
		if a.Columns == name {
			return true
		}
	}
	return false
}

// members returns what is in attributes; they have been checked to be an object.
func members(attrs json.RawMessage) map[string]json.RawMessage {
	var found map[string]json.RawMessage
	_ = json.Unmarshal(attrs, &found)
	return found
}

// attrs returns the arguments of the options that make a kind.
func (m *Manifest) attrs(kind string) map[string]Attr {
	found := map[string]Attr{}
	for _, o := range m.Options {
		for _, a := range o.Shape.Attrs {
			if o.Kind == kind {
				found[a.Name] = a
			}
		}
	}
	return found
}

func (a Attr) alike(want, found json.RawMessage) bool {
	switch {
	case slices.Contains(written, a.Type):
		return bytes.Equal(want, found) || want != nil && string(found) == "true"
	case slices.Contains(composed, a.Type) && string(found) == "true":
		return a.explicit(want) != nil
	}
	return bytes.Equal(a.explicit(want), a.explicit(found))
}

var (
	// written are the types of what PostgreSQL keeps in its own words.
	written = []AttrType{TypeExpression, TypeQuery, TypeSQL}
	// composed are those of what has parts.
	composed = []AttrType{
		TypeFields, TypeStrings, TypeRefs, TypeKeywords, TypeNames, TypeArguments, TypeResult, TypeMap, TypeBlock, TypeBlocks,
	}
)

// explicit returns a value, nil for what stands for an absent one. What is always
// said has no default: it is absent where it is false, 0 or nothing.
func (a Attr) explicit(value json.RawMessage) json.RawMessage {
	text := string(value)
	silent := a.Fill || a.Default == ""
	switch {
	case !silent && (text == a.Default || text == `"`+a.Default+`"`),
		silent && (text == "false" || text == "[]"),
		a.Fill && (text == "0" || text == `""`):
		return nil
	}
	return value
}
