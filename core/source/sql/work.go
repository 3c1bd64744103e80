package sql

import (
	"cmp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/sqltext/ddl"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// A Work is the reading of the files of a project.
type Work struct {
	apps     []source.App
	plain    bool // fields are called as their columns
	files    []*file
	left     []Statement // that nobody has taken
	tables   map[ddl.Name]*Table
	order    []*Table
	blocks   map[blockKey][]*Block
	labels   map[[3]string]bool // by app, class of labels and label
	tops     []*Block
	later    []func() // what needs the names of everything
	bases    map[ddl.Name]ddl.Type
	granted  []Statement // of rights
	again    bool        // statements are offered for the second time
	problems diag.List
}

// A file is a File with its statements.
type file struct {
	File
	document   *declare.Document // for places
	statements []ddl.Statement
	path       []string // schemas that are looked in, as SET search_path says it
	set        bool
	about      *source.App // of what a statement makes or is said of; nil: that of the file
}

func newWork(apps []source.App) *Work {
	w := &Work{tables: map[ddl.Name]*Table{}, blocks: map[blockKey][]*Block{}, labels: map[[3]string]bool{}, bases: map[ddl.Name]ddl.Type{}}
	for _, a := range apps {
		a.Schema = cmp.Or(a.Schema, publicSchema)
		w.apps = append(w.apps, a)
	}
	return w
}

const publicSchema = "public"

// open reads the statements of a file.
func (w *Work) open(p *parser.Parser, f File) error {
	text := strings.TrimPrefix(string(f.Text), "\ufeff")
	opened := &file{File: f, document: declare.NewDocument(f.Name, f.Text)}
	statements, problems, err := ddl.Read(p, strings.Repeat(" ", len(f.Text)-len(text))+text)
	if err != nil {
		return err
	}
	opened.statements = statements
	w.files = append(w.files, opened)
	for _, problem := range problems {
		w.unreadable(opened, problem)
	}
	return nil
}

// read reads all statements: tables first, which others name, then what kinds know.
func (w *Work) read(readers []Reader) {
	for _, f := range w.files {
		first := true
		for _, s := range f.statements {
			first = first && !makes(s.Text)
			for _, one := range split(Statement{Statement: s, file: f, first: first}) {
				w.place(one)
			}
		}
	}
	w.complete()
	w.enterPartitions()
	w.nameFields()
	w.offer(readers)
	w.left = slices.DeleteFunc(w.left, func(s Statement) bool { _, table := s.What.(ddl.CreateTable); return table })
	w.again = true
	w.offer(readers)
	w.rest()
	for _, t := range w.order {
		if t.within == nil {
			w.declare(t)
		}
	}
	for i := 0; i < len(w.later); i++ {
		w.later[i]()
	}
}

// makes reports whether a statement makes something that stays. Where views need each
// other, pg_dump --clean puts others in their place before it drops them.
func makes(text string) bool {
	words := strings.Fields(strings.ToUpper(firstWords(text, 4)))
	return len(words) > 0 && words[0] == "CREATE" && !slices.Equal(words, []string{"CREATE", "OR", "REPLACE", "VIEW"})
}

// split returns a statement as one for each command that it has.
func split(s Statement) []Statement {
	alter, ok := s.What.(ddl.AlterTable)
	if !ok || len(alter.Commands) < 2 {
		return []Statement{s}
	}
	all := make([]Statement, len(alter.Commands))
	for i, command := range alter.Commands {
		one := alter
		one.Commands = []ddl.Command{command}
		all[i] = s
		all[i].What, all[i].Span = one, command.Place
	}
	return all
}

// place makes tables and notes all other statements.
func (w *Work) place(s Statement) {
	switch d := s.What.(type) {
	case nil: // reported where it was parsed
	case ddl.SetSearchPath:
		s.file.path, s.file.set = d.Schemas, true
	case ddl.CreateTable:
		w.createTable(s, d)
		w.left = append(w.left, w.located(s))
	case ddl.Grant:
		s = w.located(s)
		if w.left = append(w.left, s); !d.Revoke && d.Whole {
			w.granted = append(w.granted, s)
		}
	default:
		w.left = append(w.left, w.located(s))
	}
}

// complete gives tables what later statements say of them.
func (w *Work) complete() {
	w.left = slices.DeleteFunc(w.left, func(s Statement) bool { return passedOver(s) || w.completes(s) })
}

// offer gives statements to the kinds.
func (w *Work) offer(readers []Reader) {
	w.left = slices.DeleteFunc(w.left, func(s Statement) bool {
		if w.comments(s) {
			return true
		}
		return slices.ContainsFunc(readers, func(read Reader) bool { return read(w, s) })
	})
}

// rest reports what nobody has taken.
func (w *Work) rest() {
	for _, s := range w.left {
		w.unknown(s)
	}
}

// documents returns what was read, as a document for each app of a file.
func (w *Work) documents() []*declare.Document {
	type key struct{ file, app string }
	byKey := map[key]*declare.Document{}
	var all []*declare.Document
	for _, b := range w.tops {
		k := key{b.file.Name, b.app.Label}
		if byKey[k] == nil {
			d := declare.NewDocument(b.file.Name, b.file.Text)
			d.App = b.app.Label
			byKey[k], all = d, append(all, d)
		}
		byKey[k].Body.Blocks = append(byKey[k].Body.Blocks, b.block)
	}
	slices.SortStableFunc(all, func(a, b *declare.Document) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.App, b.App))
	})
	return all
}
