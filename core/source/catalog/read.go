// Package catalog reads models out of a database: what the server says of its objects
// becomes the objects of a state, which core/declare/express turns into model files.
//
// The definitions, see detect.Definer, are DDL, and are read as core/source/sql reads
// any. What cannot be said in the model language is left out, with all that needs it,
// and named: what is returned can be resolved as it is. The package opens no connection.
package catalog

import (
	"errors"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Source reads definitions for the apps of a project.
type Source struct {
	Project source.Project
	// File is the project file, for the options in it; nil if there is none.
	File      *declare.Document
	Detectors []detect.Detector // in use
	Parser    *parser.Parser
	// Plain: what is read is only compared, so that fields are called as their columns.
	Plain bool
	// Spelt keeps how bodies write names.
	Spelt bool
}

// A Remainder is an object of the database, or something that is said of one, that no
// model says.
type Remainder struct {
	Kind   string `json:"kind"` // as detect.Definition has it
	Schema string `json:"schema,omitempty"`
	Name   string `json:"name"`
	Why    string `json:"why"`
}

// rounds is how often what needs something that is left out is left out too.
const rounds = 25

var errUnread = errors.New("the definitions of the database's objects do not become models")

// Read returns the objects that the definitions make, and what is left.
func (s Source) Read(found []detect.Definition) (*state.State, []Remainder, error) {
	r := &reading{Source: s, found: found, skip: map[spot]bool{}, why: map[spot]string{}}
	r.unwritten()
	for range rounds {
		r.script = newScript(found, r.skip)
		declaration, problems, err := r.read()
		if err != nil {
			return nil, nil, err
		}
		again, err := r.leave(problems)
		if err != nil || !again {
			return declaration.State, r.remainders(), err
		}
	}
	return nil, nil, errUnread
}

// A reading is a Source at work.
type reading struct {
	Source
	found  []detect.Definition
	script script
	skip   map[spot]bool
	why    map[spot]string
}

// unwritten leaves out what has no DDL, and the books of other tools.
func (r *reading) unwritten() {
	for i, d := range r.found {
		switch names := ddl.Identifiers(d.Name); {
		case d.Text() == "":
			r.leaveOut(spot{i, whole}, noWord)
		case isTable(d) && len(names) == 2 && sql.PassesOver(ddl.Name{Schema: names[0], Name: names[1]}):
			r.leaveOut(spot{i, whole}, "another tool keeps its books in it")
		}
	}
}

// read reads what is not left out. Where the DDL alone has problems, that is all.
func (r *reading) read() (source.Declaration, diag.List, error) {
	files := slices.Clone(r.script.files)
	for i := range files {
		files[i].App = r.Project.Apps[0].Label
	}
	read := sql.Read
	if r.Plain {
		read = sql.ReadPlainly
	}
	documents, problems, err := read(r.Parser, r.Project.Apps, files, sql.Readers(r.Detectors...)...)
	if err != nil || r.blocking(problems) {
		return source.Declaration{}, problems, err
	}
	for _, d := range documents {
		lay(d.Body)
	}
	tree := resolve.Tree{Project: r.Project, File: r.File, Documents: documents, Server: true, Spelt: r.Spelt, Parser: r.Parser}
	declaration, more := resolve.Resolve(tree, detect.ManifestsOf(r.Detectors...), nil)
	return declaration, append(problems, more...), nil
}

// blocking reports whether something is to be left out.
func (r *reading) blocking(problems diag.List) bool {
	return slices.ContainsFunc(problems, func(d diag.Diagnostic) bool {
		l, ok := r.script.at(d.Range)
		return d.Severity == diag.Error && !(ok && l.number == column && d.Code == sql.CodeNoWord)
	})
}

// leave leaves out what has problems, and reports whether that was something. Of a
// column that is said but for a detail nothing is left out.
func (r *reading) leave(problems diag.List) (again bool, err error) {
	for _, d := range problems {
		if d.Severity != diag.Error {
			continue
		}
		l, ok := r.script.at(d.Range)
		switch {
		case !ok:
			return false, d
		case l.number == column && d.Code == sql.CodeNoWord:
			r.why[spot{l.of, l.number}] = d.Summary
			continue
		case l.number == column:
			l = r.tableOf(l)
		case l.number >= afterwards && r.found[l.of].Whole == "": // how it stands to others is part of it
			l.number = whole
		}
		at := spot{l.of, l.number}
		if !r.skip[at] {
			again = true
			r.leaveOut(at, whyOf(d))
		}
	}
	return again, nil
}

// noWord is why most of what is left is left.
const noWord = "the model language has no word for it"

func whyOf(d diag.Diagnostic) string {
	if d.Code == sql.CodeNoObject {
		return noWord
	}
	return d.Summary
}

// leaveOut leaves a statement out; the one that makes an object, with its parts.
func (r *reading) leaveOut(at spot, why string) {
	r.skip[at], r.why[at] = true, why
	if at.number != whole {
		return
	}
	for i, d := range r.found {
		if d.Whole != "" && d.Whole == r.found[at.of].Key() {
			r.skip[spot{i, whole}] = true
		}
	}
}

// tableOf returns the line of the table that a column is of.
func (r *reading) tableOf(l line) line {
	for i, d := range r.found {
		if d.Key() == r.found[l.of].Whole {
			return line{of: i, number: whole}
		}
	}
	return l
}
