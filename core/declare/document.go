package declare

import (
	"sort"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Document is one thing that declares: a file, the answer of a command, the
// rows of a table or the catalog of a database. Its tree is read by a front end.
type Document struct {
	Name  string // as it stands in places
	App   string // the label of the app whose objects it declares; empty for the project's own
	Bytes []byte // the text, nil for what was read from no text
	Body  *Body
	// Broken: there are syntax errors, and Body holds what could be read.
	Broken bool

	starts []int32           // where each line of the text begins
	locate func(Span) string // for what was read from no text
}

// NewDocument returns the document of a text, without its tree.
func NewDocument(name string, text []byte) *Document {
	return &Document{Name: name, Bytes: text, Body: &Body{}, starts: lines(text)}
}

// NewUnwritten returns a document that has no text: locate says of a span, whose
// numbers are the front end's own, which row or object of the catalog it is.
func NewUnwritten(name string, locate func(Span) string) *Document {
	return &Document{Name: name, Body: &Body{}, locate: locate}
}

// Range returns a span as a range of the document. Of one without text it is the
// name of the row or object, at no line.
func (d *Document) Range(s Span) diag.Range {
	if d.locate != nil {
		return diag.Range{File: d.Name + " " + d.locate(s), Start: diag.Pos{Byte: int(s.From)}, End: diag.Pos{Byte: int(s.To)}}
	}
	return diag.Range{File: d.Name, Start: d.pos(s.From), End: d.pos(s.To)}
}

// Text returns the bytes of a span.
func (d *Document) Text(s Span) string { return string(d.Bytes[s.From:s.To]) }

func (d *Document) pos(offset int32) diag.Pos {
	line := sort.Search(len(d.starts), func(i int) bool { return d.starts[i] > offset }) - 1
	column := utf8.RuneCount(d.Bytes[d.starts[line]:offset]) + 1
	return diag.Pos{Line: line + 1, Column: column, Byte: int(offset)}
}

func lines(text []byte) []int32 {
	starts := make([]int32, 1, 1+len(text)/24)
	for i, char := range text {
		if char == '\n' {
			starts = append(starts, int32(i+1))
		}
	}
	return starts
}
