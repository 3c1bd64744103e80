package hcl

import (
	"context"
	"maps"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Source reads the model files of a project. It is safe for concurrent use.
type Source struct {
	project   source.Project
	enabled   []*detect.Manifest
	available []*detect.Manifest
	known     *state.State
	answered  [][2]string
	parsed    *declare.Document // the project file; nil: Read reads it
	parser    *parser.Parser    // of files in SQL; nil: there are none
	readers   []sql.Reader

	mu    sync.Mutex
	files map[string][]byte
}

var _ source.Source = (*Source)(nil)

// An Option changes a Source.
type Option func(*Source)

// Available gives the manifests of plugins that the user could enable. They
// serve messages only: whose an unknown argument or type would be.
func Available(manifests ...*detect.Manifest) Option {
	return func(s *Source) { s.available = append(s.available, manifests...) }
}

// Known gives the state that the migrations lead to: what it knows of texts in SQL
// is not parsed again.
func Known(from *state.State) Option { return func(s *Source) { s.known = from } }

// Answered gives renames as somebody answers them, OLD and NEW. They serve messages only:
// what a name that is no longer there is now.
func Answered(renames ...[2]string) Option {
	return func(s *Source) { s.answered = append(s.answered, renames...) }
}

// Parsed gives the project file as ReadProjectFile parsed it, which Read then does
// not read again.
func Parsed(file *declare.Document) Option {
	return func(s *Source) { s.parsed = file }
}

// SQL has the files *.sql in the folders of the models read too, but for those that
// stand for a text by file("..."). The readers are those of the kinds in use.
func SQL(p *parser.Parser, readers ...sql.Reader) Option {
	return func(s *Source) { s.parser, s.readers = p, readers }
}

// New returns the source of a project's models. The manifests are those of the
// detectors in use: what they own can stand in the files.
func New(project source.Project, manifests []*detect.Manifest, opts ...Option) *Source {
	s := &Source{project: project, enabled: manifests}
	for _, opt := range opts {
		opt(s)
	}
	return s
}

// Read reads all model files of all apps.
func (s *Source) Read(ctx context.Context) (source.Declaration, diag.List, error) {
	tree, err := s.Tree(ctx)
	if err != nil {
		return source.Declaration{}, nil, err
	}
	declaration, found := resolve.Resolve(tree, s.enabled, s.available)
	return declaration, found, nil
}

// Tree reads all model files of all apps into a tree.
func (s *Source) Tree(ctx context.Context) (resolve.Tree, error) {
	l := &reading{tree: resolve.Tree{Project: s.project, File: s.parsed, Known: s.known, Answered: s.answered}}
	var err error
	if s.parsed == nil {
		err = l.readProjectFile()
	}
	if err == nil {
		err = l.readFiles(ctx)
	}
	if err == nil && s.parser != nil {
		err = l.readSQL(s.parser, s.readers)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files = l.texts()
	return l.tree, err
}

// Files returns the text of every file that the last Read read, by its name in
// ranges, for diag.Write.
func (s *Source) Files() map[string][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.files)
}

// texts returns the files that were read, by name.
func (l *reading) texts() map[string][]byte {
	texts := map[string][]byte{}
	if l.tree.File != nil {
		texts[l.tree.File.Name] = l.tree.File.Bytes
	}
	for _, d := range l.tree.Documents {
		texts[d.Name] = d.Bytes
	}
	for _, f := range l.sql {
		texts[f.Name] = f.Text
	}
	return texts
}
