package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// A printer writes text for people to one stream, coloured if that is wanted.
type printer struct {
	w     io.Writer
	color bool
	quiet bool
}

// out returns the printer of results.
func (s *session) out() *printer {
	return &printer{w: s.Out, color: s.coloured(s.OutTerminal), quiet: s.quiet}
}

// err returns the printer of talk, progress and diagnostics.
func (s *session) err() *printer {
	return &printer{w: s.Err, color: s.coloured(s.ErrTerminal), quiet: s.quiet}
}

func (s *session) coloured(terminal bool) bool {
	return terminal && !s.noColor && s.env("NO_COLOR") == "" && s.env("TERM") != "dumb"
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p.w, format+"\n", args...) }

// table prints rows in aligned columns, with an indent before each.
func (p *printer) table(indent string, rows [][]string) {
	w := tabwriter.NewWriter(p.w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		fmt.Fprintln(w, indent+strings.Join(row, "\t"))
	}
	// The stream's own error shows in whatever is printed next.
	_ = w.Flush()
}

func (p *printer) bold(text string) string   { return p.paint("1", text) }
func (p *printer) dim(text string) string    { return p.paint("2", text) }
func (p *printer) red(text string) string    { return p.paint("1;31", text) }
func (p *printer) green(text string) string  { return p.paint("32", text) }
func (p *printer) yellow(text string) string { return p.paint("33", text) }

func (p *printer) paint(code, text string) string {
	if !p.color {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
