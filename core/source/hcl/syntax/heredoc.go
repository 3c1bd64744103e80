package syntax

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// heredoc returns a text of several lines as it looks, and whether it can be
// written so: it has to end with the end of a line, and nothing in it may need an
// escape. The lines are one level deeper than what they stand in, where HCL takes
// just that away again.
func (p *printer) heredoc(text, marker string, depth int) (string, bool) {
	if strings.Count(text, "\n") < 2 || !strings.HasSuffix(text, "\n") || !plainLines(text, marker) {
		return "", false
	}
	p.quoted(text) // refuses what HCL would change
	open, deeper := "<<", ""
	if movable(text) {
		open, deeper = "<<-", indent(depth+1)
	}
	var out strings.Builder
	out.WriteString(open + marker + "\n")
	for line := range strings.Lines(text) {
		if !blank(line) {
			out.WriteString(deeper)
		}
		for i, char := range line {
			out.WriteString(templates(char, line[i+utf8.RuneLen(char):]))
		}
	}
	return out.String() + indent(depth) + marker, true
}

func blank(line string) bool { return strings.TrimSpace(line) == "" }

// plainLines reports whether all of a text can stand in a heredoc.
func plainLines(text, marker string) bool {
	seen := false
	for line := range strings.Lines(text) {
		seen = seen || !blank(line)
		if strings.TrimSpace(line) == marker {
			return false
		}
	}
	return seen && utf8.ValidString(text) && !strings.ContainsFunc(text, func(char rune) bool {
		return char != '\n' && char != '\t' && !unicode.IsPrint(char)
	})
}

// movable reports whether HCL would take away what is put before each line, and
// nothing else: one of the lines has to begin without a blank, and none with a
// character that may be one with the blank before it.
func movable(text string) bool {
	flush := false
	for line := range strings.Lines(text) {
		visible := strings.TrimLeft(line, " \t")
		if first, _ := utf8.DecodeRuneInString(visible); composed(first) {
			return false
		}
		flush = flush || visible == line && !blank(line)
	}
	return flush
}
