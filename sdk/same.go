package sdk

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/whimbreldb/whimbrel/core/state"
)

// Same reports whether two values, such as attributes or expressions, have the
// same canonical form.
func Same(a, b any) bool {
	left, errLeft := state.Encode([]any{a})
	right, errRight := state.Encode([]any{b})
	return errLeft == nil && errRight == nil && bytes.Equal(left, right)
}

// SameBut reports whether the attributes of two objects are equal but for those
// of the given names.
func SameBut(a, b *Object, names ...string) bool {
	left, right := without(a, names), without(b, names)
	return left != nil && bytes.Equal(left, right)
}

// without returns the attributes of an object without some, in canonical form.
func without(o *Object, names []string) []byte {
	var attrs map[string]json.RawMessage
	if err := json.Unmarshal(o.Attrs, &attrs); err != nil {
		return nil
	}
	keys := make([]string, 0, len(attrs))
	for key := range attrs {
		if !slices.Contains(names, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var b bytes.Buffer
	b.WriteByte('{')
	for _, key := range keys {
		b.WriteString(key + ":")
		b.Write(attrs[key])
		b.WriteByte('\n')
	}
	return b.Bytes()
}
