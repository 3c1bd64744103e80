package output

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// A Printer writes text for people to one stream, coloured if that is wanted.
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
func (p *Printer) Line(format string, args ...any) { fmt.Fprintf(p.Writer, format+"\n", args...) }

// Next prints what to do now, unless only what was asked for is wanted.
func (p *Printer) Next(format string, args ...any) {
	if !p.Quiet {
		p.Line("\nNext: "+format, args...)
	}
}

// Table prints rows in aligned columns, with an indent before each.
func (p *Printer) Table(indent string, rows [][]string) {
	w := tabwriter.NewWriter(p.Writer, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, indent+strings.Join(row, "\t"))
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
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
