package triggers

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// maxSlug leaves room in PostgreSQL's 63 bytes for prefix, hash and suffix.
const maxSlug = 40

// uniqueName returns prefix, a readable form of text, and eight digits of a hash
// of what identifies the object. It is made of names in the database and not of
// addresses, which a rename changes before the old object is dropped.
func uniqueName(prefix, text string, identity ...string) string {
	hash := hashOf(identity)
	return prefix + slug(text) + "_" + hex.EncodeToString(hash[:4])
}

func hashOf(identity []string) [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.Join(identity, "\x00")))
}

// slug returns text in lower case with an underscore for everything that would
// need quotes.
func slug(text string) string {
	plain := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(text))
	return plain[:min(len(plain), maxSlug)]
}
