package migration

import (
	"strings"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/sqltext"
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
func safe(text string, parts []sqltext.Token) (string, []sqltext.Token) {
	if !disturbs(text) {
		return text, parts
	}
	safe := make([]sqltext.Token, 0, len(parts))
	for i, t := range parts {
		text := rewritten(t)
		if text != t.Text && t.Kind.Quoted() && i > 0 && parts[i-1].Kind.Bare() {
			safe = append(safe, sqltext.Token{Kind: sqltext.Space, Text: " "})
		}
		safe = append(safe, sqltext.Token{Kind: t.Kind, Text: text, Open: t.Open})
	}
	return join(safe), safe
}

// rewritten returns a token without carriage returns and without lines that
// begin like comments, where that can be done.
func rewritten(t sqltext.Token) string {
	switch t.Kind {
	case sqltext.Space:
		return lineBreaks.Replace(t.Text)
	case sqltext.LineComment, sqltext.BlockComment:
		return uncommented.Replace(t.Text)
	}
	if t.Open || !breaks(t.Text) {
		return t.Text
	}
	switch t.Kind {
	case sqltext.QuotedName:
		return `U&"` + unicodeEscapes.Replace(t.Text[1:])
	case sqltext.PlainString:
		return escaped(strings.ReplaceAll(t.Text[1:len(t.Text)-1], "''", "'"))
	case sqltext.EscapeString:
		return lineEscapes.Replace(t.Text)
	case sqltext.DollarString:
		tag := len(sqltext.Tag(t.Text))
		return escaped(t.Text[tag : len(t.Text)-tag])
	}
	return t.Text
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
	// lineBreaks keeps the end of a comment, which a carriage return is too.
	lineBreaks = strings.NewReplacer("\r\n", "\n", "\r", "\n")
	// lineEscapes writes the line breaks of an E'' string as escapes. Pairs with
	// a backslash come first, so that an escaped backslash stays one.
	lineEscapes = strings.NewReplacer(`\\`, `\\`, "\\\n", `\n`, "\\\r", `\r`, "\n", `\n`, "\r", `\r`)
	// unicodeEscapes does so in a U&"" name.
	unicodeEscapes = strings.NewReplacer(`\`, `\\`, "\n", `\000A`, "\r", `\000D`)
	uncommented    = strings.NewReplacer(gooseMark, "goose", ownMark, "whimbrel", "\r", "")
)
