// Package sql reads models from DDL, as pg_dump -s or a person writes it, into the
// tree of core/declare: what the same objects in HCL are.
//
// Tables with their columns, constraints and indexes are read here; every other kind
// is read by the function that its detector hands in, see Reader. Statements that
// complete what an earlier one made go onto it. What is passed over is passed over
// by a list (skip.go); whatever else is not known is a diagnostic with its place.
// Nothing is run and no connection is opened.
package sql

import (
	"cmp"
	"slices"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A File is a text in SQL of an app: names without a schema are in that of the app.
type File struct {
	Name string // as it stands in places
	App  string
	Text []byte
}

// A Statement is one statement of a file. One ALTER TABLE with several commands is
// as many statements.
type Statement struct {
	ddl.Statement
	file  *file
	first bool // nothing is made before it in the file
}

// A Reader reads the statements of a kind and reports whether a statement was one.
// What it does not take is offered again when all others have been read.
type Reader func(*Work, Statement) bool

// A Kind is a detector that reads statements.
type Kind interface{ ReadSQL(*Work, Statement) bool }

// Readers returns those of the detectors that have one.
func Readers(detectors ...detect.Detector) []Reader {
	var all []Reader
	for _, d := range detectors {
		if kind, ok := d.(Kind); ok {
			all = append(all, kind.ReadSQL)
		}
	}
	return all
}

// Read reads the files of a project together. The documents are by file, and by app
// where a file has objects in the schemas of several. The error is about the parser.
func Read(p *parser.Parser, apps []source.App, files []File, readers ...Reader) ([]*declare.Document, diag.List, error) {
	return newWork(apps).documentsOf(p, files, readers)
}

// ReadPlainly is Read for what is compared and not written: the name of a field is that
// of its column, whatever it leads to.
func ReadPlainly(p *parser.Parser, apps []source.App, files []File, readers ...Reader) ([]*declare.Document, diag.List, error) {
	w := newWork(apps)
	w.plain = true
	return w.documentsOf(p, files, readers)
}

func (w *Work) documentsOf(p *parser.Parser, files []File, readers []Reader) ([]*declare.Document, diag.List, error) {
	files = slices.SortedFunc(slices.Values(files), func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	for _, f := range files {
		if err := w.open(p, f); err != nil {
			return nil, nil, err
		}
	}
	w.read(readers)
	return w.documents(), w.problems.Sorted(), nil
}
