package diag

import (
	"bytes"
	"strconv"
	"strings"
)

// snippet prints the line that a range begins on and underlines its part.
func (p *printer) snippet(r Range, s Severity) {
	line, ok := p.line(r)
	if !ok {
		return
	}
	number := strconv.Itoa(r.Start.Line)
	blank := strings.Repeat(" ", len(number))
	shown, from, to := underline(line, r)
	p.out.WriteString("\n" + indent + number + " | " + shown + "\n")
	p.out.WriteString(indent + blank + " | " + strings.Repeat(" ", from) +
		p.paint(s, strings.Repeat("^", max(1, to-from))) + "\n")
}

func (p *printer) line(r Range) (string, bool) {
	if p.source == nil || r.Start.Line < 1 {
		return "", false
	}
	text := p.source(r.File)
	for n := 1; text != nil; n++ {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		if n == r.Start.Line {
			return strings.TrimSuffix(string(line), "\r"), true
		}
		if !more {
			break
		}
		text = rest
	}
	return "", false
}

// underline returns a line as it is shown and the columns of the shown line,
// from 0, between which the range lies.
func underline(line string, r Range) (shown string, from, to int) {
	var b strings.Builder
	column, place := 1, 0
	from, to = -1, -1
	for _, char := range line {
		if column == r.Start.Column {
			from = place
		}
		if r.End.Line == r.Start.Line && column == r.End.Column {
			to = place
		}
		place += show(&b, char)
		column++
	}
	if from < 0 {
		from = place
	}
	if to < 0 {
		to = place
	}
	return b.String(), from, to
}

// show writes one character of source text and returns its columns.
func show(b *strings.Builder, char rune) int {
	switch {
	case char == '\t':
		b.WriteString(tab)
		return len(tab)
	case Steers(char):
		text := escaped(char)
		b.WriteString(text)
		return len(text)
	}
	b.WriteRune(char)
	return 1
}
