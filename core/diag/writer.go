package diag

import (
	"bytes"
	"io"
)

// Write prints diagnostics for people, in the order of the list, a blank line
// between two:
//
//	Error WH1203: model "book" is declared twice
//	  models/shop.hcl:3:7
//
//	  3 | model "book" {
//	    |       ^^^^^^
//
//	  Why it is wrong, wrapped.
//
//	  Next: what to do.
//
// The function source returns the bytes of a file by the name that stands in
// ranges, nil where there are none; it may be nil itself. Text that could steer
// the terminal is escaped. With color, headings are coloured by severity.
func Write(w io.Writer, list List, source func(file string) []byte, color bool) error {
	p := printer{color: color, source: source}
	for i, d := range list {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		p.diagnostic(d)
	}
	_, err := w.Write(p.out.Bytes())
	return err
}

// width is the number of columns that text is wrapped to.
const width = 100

// indent stands before everything but the heading of a diagnostic.
const indent = "  "

type printer struct {
	out    bytes.Buffer
	source func(string) []byte
	color  bool
}

func (p *printer) diagnostic(d Diagnostic) {
	heading := d.Severity.String()
	if d.Code != "" {
		heading += " " + Escape(d.Code)
	}
	p.out.WriteString(p.paint(d.Severity, heading+":") + " " + flat(d.Summary) + "\n")
	if !d.Range.IsZero() {
		p.out.WriteString(indent + flat(d.Range.String()) + "\n")
		p.snippet(d.Range, d.Severity)
	}
	p.paragraph(d.Detail)
	if d.Next != "" {
		p.paragraph("Next: " + d.Next)
	}
}

// paragraph prints text after a blank line. Its own line breaks are kept.
func (p *printer) paragraph(text string) {
	if text == "" {
		return
	}
	p.out.WriteByte('\n')
	for _, line := range wrap(Escape(text), width-len(indent)) {
		if line != "" {
			p.out.WriteString(indent + line)
		}
		p.out.WriteByte('\n')
	}
}

func (p *printer) paint(s Severity, text string) string {
	if !p.color {
		return text
	}
	code := map[Severity]string{Error: "1;31", Warning: "1;33", Note: "1;36"}[s]
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
