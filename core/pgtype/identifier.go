package pgtype

import "strings"

// An identifier is a name as the catalog has it.
type identifier struct {
	name   string
	quoted bool // in the text
}

// String returns the identifier as it was written, in lower case if it had no
// quotes.
func (i identifier) String() string {
	if !i.quoted {
		return i.name
	}
	return `"` + strings.ReplaceAll(i.name, `"`, `""`) + `"`
}

// fold is what PostgreSQL makes of a name without quotes.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, name)
}
