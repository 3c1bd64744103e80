package output

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// ours stands in text for the beginning of a colour, until it is printed. Nobody else
// can know it, so a colour that somebody else put into the text is none.
var ours = "\ufdd0" + rand.Text()

// spelled returns text as it goes to a stream: colours that are ours, line breaks and
// tabs are what they are, every other character that could steer a terminal or turn the
// direction of writing is written as \u and its number.
func spelled(text string) string {
	var b strings.Builder
	for i, part := range strings.Split(text, ours) {
		if i > 0 {
			b.WriteString("\x1b[")
		}
		for j, piece := range strings.Split(part, "\t") {
			if j > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(diag.Escape(strings.ToValidUTF8(piece, "\ufffd")))
		}
	}
	return b.String()
}

// Flat returns text that stands within a line: its line breaks and tabs are spelled
// out too.
func Flat(text string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(text)
}

// plainJSON returns a document with the same values and without characters that could
// steer a terminal: JSON has escapes for them.
func plainJSON(text []byte) []byte {
	if !bytes.ContainsFunc(text, diag.Steers) {
		return text
	}
	var b bytes.Buffer
	for _, r := range string(text) {
		if diag.Steers(r) {
			b.Write(escapedJSON(r))
			continue
		}
		b.WriteRune(r)
	}
	return b.Bytes()
}

func escapedJSON(r rune) []byte {
	var b bytes.Buffer
	for _, unit := range utf16.Encode([]rune{r}) {
		fmt.Fprintf(&b, "\\u%04x", unit)
	}
	return b.Bytes()
}
