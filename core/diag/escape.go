package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Escape returns text with every character that could steer a terminal or turn
// the direction of writing written as \u and its number. Line breaks and tabs are kept.
func Escape(text string) string {
	if !strings.ContainsFunc(text, Steers) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if Steers(r) {
			b.WriteString(escaped(r))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Steers reports whether a character is a control character or one that is not seen
// and changes how others are shown. A line break and a tab are none.
func Steers(r rune) bool {
	return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) ||
		unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r))
}

func escaped(r rune) string {
	if r > 0xffff {
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
