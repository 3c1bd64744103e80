package diag

import "strconv"

// A Pos is a place in a file: line and column count from 1, columns in
// characters; Byte counts from 0.
type Pos struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Byte   int `json:"byte"`
}

// A Range is a piece of a source file. The zero Range is nowhere.
type Range struct {
	File  string `json:"file"`
	Start Pos    `json:"start"`
	End   Pos    `json:"end"`
}

// IsZero reports whether the range is nowhere.
func (r Range) IsZero() bool { return r.File == "" }

// String returns file:line:column.
func (r Range) String() string {
	if r.IsZero() {
		return ""
	}
	return r.File + ":" + strconv.Itoa(r.Start.Line) + ":" + strconv.Itoa(r.Start.Column)
}
