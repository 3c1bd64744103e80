package sdk

import (
	"bytes"

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
func SameBut(a, b *Object, names ...string) bool { return state.SameBut(a, b, names...) }
