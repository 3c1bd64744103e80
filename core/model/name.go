package model

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// MaxName is the length in bytes of PostgreSQL's identifiers (NAMEDATALEN - 1).
const MaxName = 63

// Name joins parts with underscores to the name of a constraint, index or
// sequence: table, columns, suffix. What is longer than MaxName is cut and ends
// in eight digits of a hash of the whole, so that it stays distinct and stable.
func Name(parts ...string) string {
	whole := strings.Join(parts, "_")
	if len(whole) <= MaxName {
		return whole
	}
	hash := sha256.Sum256([]byte(whole))
	tail := "_" + hex.EncodeToString(hash[:4])
	return cut(whole, MaxName-len(tail)) + tail
}

// cut returns the beginning of text, at most limit bytes of whole characters.
func cut(text string, limit int) string {
	limit = min(limit, len(text))
	for limit > 0 && limit < len(text) && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}
