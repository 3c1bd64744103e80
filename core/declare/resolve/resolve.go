// Package resolve gives declarations their meaning: it turns the tree of
// core/declare into the objects of a state.
//
// Every front end goes through it, so that a model means the same wherever it is
// written: implicit ids, join models, names in the database, references, implied
// objects, versions of shapes. Every mistake in every document is a diagnostic
// with its place; the package never stops at the first one, opens no file and no
// connection. What the arguments and blocks of plugins are it learns from their
// manifests.
package resolve

import (
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Tree is everything that is declared.
type Tree struct {
	Project source.Project
	// File is the project file, for the options in it; nil if there is none.
	File *declare.Document
	// Documents declare the objects of apps, in the order of their names.
	Documents []*declare.Document
	// Problems are what front ends found wrong.
	Problems diag.List
	// Known is the state that the migrations lead to. What it knows of texts in SQL
	// is not parsed again.
	Known *state.State
	// Answered are renames as somebody answers them, OLD and NEW: paths with or without the
	// app, NEW a name alone too. They serve messages only.
	Answered [][2]string
	// Server says that the objects are those of a server, which took every text as it is.
	Server bool
	// Spelt keeps how bodies write names, for what is made of them to be what they were.
	Spelt bool
	// Parser reads texts in SQL. Without one, Resolve makes one when it needs it.
	Parser *parser.Parser
}

// Resolve returns what a tree declares. Enabled are the manifests of the
// detectors in use: what they own can be declared. Available are those of plugins
// that the user could enable; they serve messages only: whose an unknown argument
// or type would be. With errors among the diagnostics the declaration may hold a
// part only.
func Resolve(tree Tree, enabled, available []*detect.Manifest) (source.Declaration, diag.List) {
	l := newLoader(tree, newCatalog(enabled, available))
	declaration := l.load()
	return declaration, l.list().Sorted()
}
