// Package syntax reads HCL's native syntax into a small tree of bodies, blocks,
// attributes and expressions that are never evaluated.
//
// What is common is read by a parser of its own, which is several times as fast
// as hashicorp/hcl. Everything else, every error included, is read by
// hashicorp/hcl, so that the language is HCL's and nothing else. The package
// knows nothing of models.
package syntax

import (
	"sort"
	"unicode/utf8"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Span is a piece of a file: the bytes from From up to, not including, To.
type Span struct{ From, To int32 }

// A File is a source file.
type File struct {
	Name  string // as it stands in ranges
	Bytes []byte
	Body  *Body
	// Broken: the file has syntax errors, and Body holds what could be read.
	Broken bool

	lines []int32 // where each line begins
}

// Range returns a span as a range of the file.
func (f *File) Range(s Span) diag.Range {
	return diag.Range{File: f.Name, Start: f.pos(s.From), End: f.pos(s.To)}
}

// Text returns the bytes of a span.
func (f *File) Text(s Span) string { return string(f.Bytes[s.From:s.To]) }

func (f *File) pos(offset int32) diag.Pos {
	line := sort.Search(len(f.lines), func(i int) bool { return f.lines[i] > offset }) - 1
	column := utf8.RuneCount(f.Bytes[f.lines[line]:offset]) + 1
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
