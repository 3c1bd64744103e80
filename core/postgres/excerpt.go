package postgres

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// excerptLines is how many lines of a statement are shown at most.
const excerptLines = 7

// lineColumn returns where a character of a text stands; all count from 1.
func lineColumn(text string, position int) (line, column int) {
	line, column = 1, 1
	for i, r := range []rune(text) {
		if i+1 >= position {
			break
		}
		if column++; r == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}

// excerpt returns the lines of a statement around a character, numbered from
// first, with a mark under the character. Position 0 marks nothing.
func excerpt(sql string, position, first int) string {
	line, column := lineColumn(sql, position)
	lines := strings.Split(strings.TrimRight(sql, " \t\r\n"), "\n")
	from := max(0, min(line-excerptLines/2-1, len(lines)-excerptLines))
	to := min(len(lines), from+excerptLines)
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "  %4d | %s\n", first+i, expand(lines[i]))
		if position > 0 && i == line-1 {
			fmt.Fprintf(&b, "       | %s^\n", strings.Repeat(" ", utf8.RuneCountInString(expand(head(lines[i], column-1)))))
		}
	}
	return b.String()
}

// head returns the first characters of a line.
func head(line string, count int) string {
	runes := []rune(line)
	return string(runes[:min(count, len(runes))])
}

// expand replaces tabs, whose width nobody knows.
func expand(line string) string {
	return strings.ReplaceAll(strings.TrimRight(line, "\r"), "\t", "    ")
}
