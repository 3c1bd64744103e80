package hcl

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// readSQL reads the files in SQL of all apps, beside those in HCL.
func (l *reading) readSQL(p *parser.Parser, readers []sql.Reader) error {
	texts := map[string]bool{}
	for _, f := range l.files {
		for _, name := range f.texts {
			texts[name] = true
		}
	}
	for _, a := range l.tree.Project.Apps {
		names, err := filesIn(l.tree.Project.Root, a.Models, ".sql")
		if errors.Is(err, fs.ErrNotExist) {
			continue // reported where files in HCL are looked for
		}
		if err != nil {
			return unreadable(a.Models, err)
		}
		for _, name := range slices.DeleteFunc(names, func(name string) bool { return texts[name] || l.isMigration(name) }) {
			text, err := readFile(l.tree.Project.Root, name)
			if err != nil {
				return err
			}
			l.sql = append(l.sql, sql.File{Name: name, App: a.Label, Text: text})
		}
	}
	if len(l.sql) == 0 {
		return nil
	}
	documents, problems, err := sql.Read(p, l.tree.Project.Apps, l.sql, readers...)
	l.tree.Parser = p
	l.tree.Documents = append(l.tree.Documents, documents...)
	slices.SortStableFunc(l.tree.Documents, func(a, b *declare.Document) int { return strings.Compare(a.Name, b.Name) })
	l.tree.Problems = append(l.tree.Problems, problems...)
	return err
}

// isMigration reports whether a file is in the folder of some app's migrations, which
// can be in that of the models.
func (l *reading) isMigration(name string) bool {
	return slices.ContainsFunc(l.tree.Project.Apps, func(a source.App) bool { return strings.HasPrefix(name, a.Migrations+"/") })
}
