package hcl

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
	"github.com/whimbreldb/whimbrel/core/source/sql"
)

// A reading is the files of a project while they are read.
type reading struct {
	tree  resolve.Tree
	files []*modelFile
	sql   []sql.File
}

// A modelFile is a file of an app.
type modelFile struct {
	name, app string
	folder    string // of the app's models
	document  *declare.Document
	problems  diag.List
	texts     []string // files that stand for texts in it
}

// readProjectFile reads the project file for the options in it. A project can
// come from somewhere else and have none.
func (l *reading) readProjectFile() error {
	name := l.tree.Project.File
	if name == "" {
		name = ProjectFile
	}
	if _, err := os.Lstat(filepath.Join(l.tree.Project.Root, name)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	text, err := readFile(l.tree.Project.Root, name)
	if err != nil {
		return err
	}
	l.tree.File, _ = syntax.Parse(name, text) // ReadProject has reported what is wrong
	return nil
}

// readFiles reads and parses the model files of all apps, sorted by name.
func (l *reading) readFiles(ctx context.Context) error {
	for _, a := range l.tree.Project.Apps {
		names, err := ModelFiles(l.tree.Project.Root, a.Models)
		if errors.Is(err, fs.ErrNotExist) {
			l.noFolder(a)
			continue
		}
		if err != nil {
			return unreadable(a.Models, err)
		}
		for _, name := range names {
			l.files = append(l.files, &modelFile{name: name, app: a.Label, folder: a.Models})
		}
	}
	slices.SortFunc(l.files, func(a, b *modelFile) int { return strings.Compare(a.name, b.name) })
	if err := l.parseFiles(ctx); err != nil {
		return err
	}
	for _, f := range l.files {
		l.tree.Documents = append(l.tree.Documents, f.document)
		l.tree.Problems = append(l.tree.Problems, f.problems...)
	}
	return nil
}

// ModelFiles returns the names of all *.hcl files in and below a folder, with
// slashes, relative to the root. Hidden ones are not among them.
func ModelFiles(root, folder string) ([]string, error) { return filesIn(root, folder, ".hcl") }

// filesIn returns the names of all files in and below a folder that end in a suffix.
func filesIn(root, folder, suffix string) ([]string, error) {
	var names []string
	// The separator at its end has a folder that is a link read as what it leads to.
	err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(folder))+string(filepath.Separator), func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), suffix) || strings.HasPrefix(entry.Name(), ".") {
			return nil
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		names = append(names, path.Clean(filepath.ToSlash(relative)))
		return nil
	})
	return names, err
}

// noFolder reports that the folder of an app's models is not there. An app that
// has migrations, or stands beside others, may have lost its last model with it.
func (l *reading) noFolder(a source.App) {
	d := diag.Diagnostic{
		Code: resolve.CodeApp, Range: a.Range, Summary: fmt.Sprintf("the folder %q with the models of app %q is not there", a.Models, a.Label),
		Detail: "Without it the app has no models.", Next: "make the folder, or correct models = in app \"" + a.Label + "\"",
	}
	if _, err := os.Stat(filepath.Join(l.tree.Project.Root, filepath.FromSlash(a.Migrations))); err == nil || len(l.tree.Project.Apps) > 1 {
		d.Severity = diag.Warning
	}
	l.tree.Problems = append(l.tree.Problems, d)
}

// parseFiles reads and parses the files, several at once.
func (l *reading) parseFiles(ctx context.Context) error {
	next := make(chan *modelFile)
	failures := make([]error, max(1, min(len(l.files), runtime.GOMAXPROCS(0))))
	var workers sync.WaitGroup
	for i := range failures {
		workers.Go(func() {
			for f := range next {
				if failures[i] == nil {
					failures[i] = f.parse(l.tree.Project.Root)
				}
			}
		})
	}
	for _, f := range l.files {
		if ctx.Err() == nil {
			next <- f
		}
	}
	close(next)
	workers.Wait()
	return errors.Join(append(failures, ctx.Err())...)
}

func (f *modelFile) parse(root string) error {
	text, err := readFile(root, f.name)
	if err != nil {
		return err
	}
	f.document, f.problems = syntax.Parse(f.name, text)
	f.document.App = f.app
	texts, problems := readTexts(root, f.folder, f.document)
	f.texts, f.problems = texts, append(f.problems, problems...)
	return nil
}
