package output

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// A Printer writes text for people to one stream, coloured if that is wanted. What it
// is given may come from anybody, a plugin or a file: characters that would steer a
// terminal are spelled out, whatever is printed, and whether or not a person sits there.
type Printer struct {
	Writer io.Writer
	Color  bool
	Quiet  bool // only what was asked for, no advice
}

// Stdout returns the printer of results.
func (s *Session) Stdout() *Printer {
	return &Printer{Writer: s.Out, Color: s.coloured(s.OutTerminal), Quiet: s.Quiet}
}

// Stderr returns the printer of talk, progress and diagnostics.
func (s *Session) Stderr() *Printer {
	return &Printer{Writer: s.Err, Color: s.coloured(s.ErrTerminal), Quiet: s.Quiet}
}

func (s *Session) coloured(terminal bool) bool {
	return terminal && !s.NoColor && s.Env("NO_COLOR") == "" && s.Env("TERM") != "dumb"
}

// Line prints a line.
func (p *Printer) Line(format string, args ...any) { p.Text(fmt.Sprintf(format, args...) + "\n") }

// Next prints what to do now, unless only what was asked for is wanted.
func (p *Printer) Next(format string, args ...any) {
	if !p.Quiet {
		p.Line("\nNext: "+format, args...)
	}
}

// Text prints text as it is, but for what would steer a terminal.
func (p *Printer) Text(text string) { _, _ = io.WriteString(p.Writer, spelled(text)) }

// JSON prints a value as it stands in documents.
func (p *Printer) JSON(value any) {
	if text, err := encode(value, ""); err == nil { // a value that cannot be written is a mistake that tests find
		_, _ = p.Writer.Write(append(text, '\n'))
	}
}

// Table prints rows in aligned columns, with an indent before each. A cell is on one
// line.
func (p *Printer) Table(indent string, rows [][]string) {
	w := tabwriter.NewWriter(p.Writer, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = spelled(Flat(cell))
		}
		fmt.Fprintln(w, indent+strings.Join(cells, "\t"))
	}
	// The stream's own error shows in whatever is printed next.
	_ = w.Flush()
}

// Bold returns text that stands out, where there are colours.
func (p *Printer) Bold(text string) string { return p.paint("1", text) }

// Dim returns text that stands back.
func (p *Printer) Dim(text string) string { return p.paint("2", text) }

// Red returns text about what is wrong or goes.
func (p *Printer) Red(text string) string { return p.paint("1;31", text) }

// Green returns text about what is good or comes.
func (p *Printer) Green(text string) string { return p.paint("32", text) }

// Yellow returns text about what changes or has to be looked at.
func (p *Printer) Yellow(text string) string { return p.paint("33", text) }

func (p *Printer) paint(code, text string) string {
	if !p.Color {
		return text
	}
	return ours + code + "m" + text + ours + "0m"
}
