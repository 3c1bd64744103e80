package sqltext

import (
	"fmt"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Visible returns SQL that means the same and in which every character can be seen:
// strings and names with characters that would steer a terminal are written with
// SQL's own escapes for them. In comments, which mean nothing, they are spelled out.
func Visible(text string) string {
	if !strings.ContainsFunc(text, diag.Steers) {
		return text
	}
	var b strings.Builder
	for t := range Scan(text) {
		if strings.ContainsFunc(t.Text, diag.Steers) {
			b.WriteString(visible(t))
		} else {
			b.WriteString(t.Text)
		}
	}
	return b.String()
}

// visible returns a token without hidden characters.
func visible(t Token) string {
	switch {
	case t.Kind == Space:
		return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", " ", "\f", " ").Replace(t.Text)
	case t.Open || t.Kind.Blank():
		return spelled(t.Text, `\u%04x`, `\U%08x`)
	}
	switch t.Kind {
	case PlainString:
		return escapeString(strings.ReplaceAll(t.Text[1:len(t.Text)-1], "''", "'"))
	case DollarString:
		tag := len(Tag(t.Text))
		return escapeString(t.Text[tag : len(t.Text)-tag])
	case QuotedName:
		return `U&"` + spelled(strings.ReplaceAll(t.Text[1:len(t.Text)-1], `\`, `\\`), `\%04x`, `\+%06x`) + `"`
	case Word:
		return `U&"` + spelled(lower(t.Text), `\%04x`, `\+%06x`) + `"`
	case UnicodeName, PrefixedString:
		return spelled(t.Text, `\%04x`, `\+%06x`)
	}
	return spelled(t.Text, `\u%04x`, `\U%08x`)
}

// escapeString returns text as an E” string.
func escapeString(text string) string {
	text = strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(text)
	return "E'" + spelled(text, `\u%04x`, `\U%08x`) + "'"
}

// spelled returns text with hidden characters in a form for those of four hexadecimal
// digits, or one for those of more.
func spelled(text, short, long string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case !diag.Steers(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, long, r)
		default:
			fmt.Fprintf(&b, short, r)
		}
	}
	return b.String()
}
