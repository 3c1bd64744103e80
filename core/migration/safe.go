package migration

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
)

// disturbs reports whether SQL cannot stand in a file as it is: goose and
// ParseSQL take some lines for directives wherever they stand, be it inside of a
// name, and a carriage return does not survive every checkout.
func disturbs(sql string) bool {
	if strings.ContainsRune(sql, '\r') {
		return true
	}
	if !strings.Contains(sql, gooseMark) && !strings.Contains(sql, ownMark) {
		return false
	}
	for line := range strings.SplitSeq(sql, "\n") {
		if isDirective(line) {
			return true
		}
	}
	return false
}

// isDirective reports whether a line is, or pretends to be, a directive.
func isDirective(line string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(line), "--")
	return ok && (strings.Contains(rest, gooseMark) || strings.HasPrefix(strings.TrimSpace(rest), ownMark))
}

// ownMark begins whimbrel's directives.
const ownMark = "whimbrel:"

// safe returns SQL that means the same and does not disturb: names and strings
// with line breaks that matter are written with escapes instead. What cannot be
// rewritten is left.
func safe(text string, parts []token) (string, []token) {
	if !disturbs(text) {
		return text, parts
	}
	safe := make([]token, 0, len(parts))
	for i, t := range parts {
		rewritten := t.rewritten()
		if rewritten != t.text && t.kind >= quotedName && i > 0 && parts[i-1].kind == codeToken {
			safe = append(safe, token{kind: spaceToken, text: " "})
		}
		safe = append(safe, token{kind: t.kind, text: rewritten, open: t.open})
	}
	return join(safe), safe
}

// rewritten returns the token without carriage returns and without lines that
// begin like comments, where that can be done.
func (t token) rewritten() string {
	switch t.kind {
	case spaceToken:
		return strings.ReplaceAll(t.text, "\r", "")
	case lineComment, blockComment:
		return uncommented.Replace(t.text)
	}
	if t.open || !breaks(t.text) {
		return t.text
	}
	switch t.kind {
	case quotedName:
		return `U&"` + unicodeEscapes.Replace(t.text[1:])
	case plainString:
		return escaped(strings.ReplaceAll(t.text[1:len(t.text)-1], "''", "'"))
	case escapeString:
		return lineEscapes.Replace(t.text)
	case dollarString:
		tag := len(dollarTag(t.text))
		return escaped(t.text[tag : len(t.text)-tag])
	}
	return t.text
}

// breaks reports whether text has a line that begins like a comment.
func breaks(text string) bool {
	if strings.ContainsRune(text, '\r') {
		return true
	}
	_, rest, ok := strings.Cut(text, "\n")
	for ok {
		if strings.HasPrefix(strings.TrimSpace(rest), "--") {
			return true
		}
		_, rest, ok = strings.Cut(rest, "\n")
	}
	return false
}

// escaped returns a string literal on one line.
func escaped(text string) string {
	return "E" + lineEscapes.Replace(strings.TrimPrefix(address.Literal(text), "E"))
}

var (
	// lineEscapes writes the line breaks of an E'' string as escapes. Pairs with
	// a backslash come first, so that an escaped backslash stays one.
	lineEscapes = strings.NewReplacer(`\\`, `\\`, "\\\n", `\n`, "\\\r", `\r`, "\n", `\n`, "\r", `\r`)
	// unicodeEscapes does so in a U&"" name.
	unicodeEscapes = strings.NewReplacer(`\`, `\\`, "\n", `\000A`, "\r", `\000D`)
	uncommented    = strings.NewReplacer(gooseMark, "goose", ownMark, "whimbrel", "\r", "")
)
