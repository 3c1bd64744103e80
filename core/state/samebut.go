package state

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// SameBut reports whether the attributes of two objects, which can be two of
// different addresses, are equal but for those of the given names.
func SameBut(a, b *Object, names ...string) bool {
	left, right := without(a, names), without(b, names)
	return left != nil && bytes.Equal(left, right)
}

// without returns the attributes of an object without some, in a form of their
// own; nil where they are no JSON object.
func without(o *Object, names []string) []byte {
	var attrs map[string]json.RawMessage
	if err := json.Unmarshal(o.Attrs, &attrs); err != nil {
		return nil
	}
	b := []byte("{")
	for _, key := range slices.Sorted(maps.Keys(attrs)) {
		if !slices.Contains(names, key) {
			b = append(append(append(append(b, key...), ':'), attrs[key]...), '\n')
		}
	}
	return b
}
