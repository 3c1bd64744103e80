package syntax

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/zclconf/go-cty/cty"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// word returns the names of a.b.c.
func (p *printer) word(e *declare.Expr) string {
	names := make([]string, len(e.Names))
	for i, n := range e.Names {
		names[i] = p.identifier(n.Text)
	}
	if len(names) == 0 || slices.Contains(literals, names[0]) {
		return p.fail("%q is no name", strings.Join(names, "."))
	}
	return strings.Join(names, ".")
}

// literals are words that are values.
var literals = []string{"true", "false", "null"}

// function returns the name of a function, which can have a name space: a::b.
func (p *printer) function(name string) string {
	for part := range strings.SplitSeq(name, "::") {
		p.identifier(part)
	}
	return name
}

func (p *printer) number(text string) string {
	if !digits().MatchString(text) {
		return p.fail("%q is no number", text)
	}
	return text
}

var digits = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`) })

// quoted returns a string. HCL reads characters that can be composed in two ways
// as composed in one.
func (p *printer) quoted(text string) string {
	if cty.NormalizeString(text) != text {
		return p.fail("the text %+q is not in Unicode's normal form C", text)
	}
	return p.label(text)
}

// label returns text in quotes, with escapes for what would be read as something
// else or could not be seen.
func (p *printer) label(text string) string {
	if !utf8.ValidString(text) {
		return p.fail("the text %q is not valid UTF-8", text)
	}
	var out strings.Builder
	out.WriteByte('"')
	for i, char := range text {
		out.WriteString(escaped(char, text[i+utf8.RuneLen(char):]))
	}
	out.WriteByte('"')
	return out.String()
}

// escaped returns how a character is written before the rest of a string.
func escaped(char rune, rest string) string {
	switch char {
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case '"', '\\':
		return `\` + string(char)
	}
	switch {
	case unicode.IsPrint(char):
		return templates(char, rest)
	case char > 0xffff:
		return fmt.Sprintf(`\U%08X`, char)
	}
	return fmt.Sprintf(`\u%04X`, char)
}

// templates doubles the sign of what would begin a template: ${ and %{.
func templates(char rune, rest string) string {
	if (char == '$' || char == '%') && strings.HasPrefix(rest, "{") {
		return string(char) + string(char)
	}
	return string(char)
}
