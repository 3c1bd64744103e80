// Package ddl reads statements that define objects, as pg_dump or a person writes
// them, into plain values: names, types, expressions, texts that are cut from the
// source. PostgreSQL's own parser reads them; its trees stay in here.
//
// A statement that the package has no value for is an Other: nothing is passed over.
// Places are bytes of the text that was read.
package ddl

import (
	"errors"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A Statement is one statement of a text.
type Statement struct {
	Text string // without its semicolon
	Span Span
	What Definition // nil where PostgreSQL would not read it
}

// A Definition is what a statement says: one of the types of this package.
type Definition any

// A Problem is a place of a text that is no statement that can be read.
type Problem struct {
	Span    Span
	Message string // PostgreSQL's own, or what stands there
	Data    bool   // it is no mistake, but rows, or a command of psql
}

// A Span is a range of bytes.
type Span struct{ From, To int }

// A Name is the name of an object, with its schema if one is written.
type Name struct{ Schema, Name string }

// An Other is a statement that there is no value for, by PostgreSQL's name for it,
// such as CreateCastStmt.
type Other struct{ Class string }

// Read reads the statements of a text.
func Read(p *parser.Parser, text string) ([]Statement, []Problem, error) {
	pieces, problems := pieces(text)
	all := make([]Statement, 0, len(pieces))
	for _, s := range pieces {
		span := Span{s.Offset, s.Offset + len(s.Text)}
		class, tree, err := p.Tree(s.Text)
		var wrong *parser.SyntaxError
		switch {
		case errors.As(err, &wrong):
			at := min(s.Offset+wrong.Offset, span.To)
			problems = append(problems, Problem{Span: Span{at, max(at, min(at+1, span.To))}, Message: wrong.Message})
		case err != nil:
			return nil, nil, err
		}
		all = append(all, Statement{Text: s.Text, Span: span, What: definition(class, tree, s)})
	}
	return all, problems, nil
}
