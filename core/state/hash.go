package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Hash returns a hash of the object's definition: address, parent, attributes,
// version and rendering. Two objects with one hash are the same; see Same.
func (o *Object) Hash() [sha256.Size]byte {
	text := fmt.Appendf(nil, "%s\n%s\n%s\n", o.Address, o.Parent, o.Attrs)
	if o.Version != 0 || o.Rendering != 0 {
		text = fmt.Appendf(text, "%d\n%d\n", o.Version, o.Rendering)
	}
	return sha256.Sum256(text)
}

// Hash returns a hash of all definitions in the state, in hexadecimal digits. It
// does not depend on the way that led to the state.
func (s *State) Hash() string {
	digest := sha256.New()
	for o := range s.All() {
		hash := o.Hash()
		digest.Write(hash[:])
	}
	return hex.EncodeToString(digest.Sum(nil))
}
