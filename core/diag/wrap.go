package diag

import (
	"strings"
	"unicode/utf8"
)

// tab is how a tab is shown, so that what stands below a character is below it.
const tab = "    "

// wrap breaks text into lines of at most limit characters where it has blanks.
// Lines that begin with a blank are kept as they are: they are code to copy.
func wrap(text string, limit int) []string {
	var lines []string
	for _, paragraph := range strings.Split(strings.ReplaceAll(text, "\t", tab), "\n") {
		if strings.HasPrefix(paragraph, " ") || paragraph == "" {
			lines = append(lines, paragraph)
			continue
		}
		lines = append(lines, wrapLine(paragraph, limit)...)
	}
	return lines
}

func wrapLine(text string, limit int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > limit:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}

// flat returns text on one line.
func flat(text string) string {
	return strings.NewReplacer("\n", `\n`, "\t", " ").Replace(Escape(text))
}
