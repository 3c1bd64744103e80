package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Hash returns a hash of the object's definition: address, parent and attributes.
// Two objects with one hash are the same; see Same.
func (o *Object) Hash() [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n", o.Address, o.Parent, o.Attrs))
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
