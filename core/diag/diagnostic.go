// Package diag holds diagnostics: what a user did wrong, where, why it is wrong
// and what to do next, with what their texts are made of.
//
// Mistakes of the user are Diagnostics; mistakes of whimbrel, the machine or the
// network are plain errors. The package imports nothing of the project, so every
// layer can report.
package diag

import (
	"cmp"
	"slices"
	"strings"
)

// A Diagnostic is one message to the user. It is also an error, so that a lone
// one can be returned where an error is wanted.
type Diagnostic struct {
	Severity Severity `json:"severity"`
	Code     string   `json:"code"`              // stable, such as "WH1203"
	Summary  string   `json:"summary"`           // what is wrong, in one line, without a full stop
	Detail   string   `json:"detail,omitempty"`  // why
	Next     string   `json:"next,omitempty"`    // what to write or run now
	Range    Range    `json:"range,omitzero"`    // where; zero if it is about no file
	Address  string   `json:"address,omitempty"` // the object it is about, if any
	// Argument is the one of the object that it is about; empty: the whole object.
	Argument string `json:"argument,omitempty"`
	// Fix is an edit that would mend it, nil if none is known.
	Fix *Fix `json:"fix,omitempty"`
}

// Error returns the summary with its place.
func (d Diagnostic) Error() string {
	if d.Range.IsZero() {
		return d.Summary
	}
	return d.Range.String() + ": " + d.Summary
}

// A List holds diagnostics. The nil List is empty and ready to use.
type List []Diagnostic

// HasErrors reports whether any of them stops the command.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Err returns the list as an error, or nil if it has no errors.
func (l List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return l
}

// Error returns the errors of the list, one a line.
func (l List) Error() string {
	var lines []string
	for _, d := range l {
		lines = append(lines, d.Error())
	}
	return strings.Join(lines, "\n")
}

// Sorted returns the list ordered by file, place, code and summary.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, compare)
	return sorted
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Range.File, b.Range.File),
		cmp.Compare(a.Range.Start.Byte, b.Range.Start.Byte),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Summary, b.Summary))
}
