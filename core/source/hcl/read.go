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

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// readFiles reads and parses the model files of all apps, sorted by name.
func (l *loader) readFiles(ctx context.Context) error {
	for _, a := range l.project.Apps {
		names, err := modelFiles(l.project.Root, a.Models)
		if errors.Is(err, fs.ErrNotExist) {
			l.noFolder(a)
			continue
		}
		if err != nil {
			return fmt.Errorf("reading models of app %s: %w", a.Label, err)
		}
		for _, name := range names {
			l.files = append(l.files, &modelFile{File: &syntax.File{Name: name}, app: l.apps[a.Label]})
		}
	}
	slices.SortFunc(l.files, func(a, b *modelFile) int { return strings.Compare(a.Name, b.Name) })
	return l.parseFiles(ctx)
}

// modelFiles returns the names of all *.hcl files in and below a folder, with
// slashes, relative to the root.
func modelFiles(root, folder string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(filepath.Join(root, filepath.FromSlash(folder)), func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".hcl") || strings.HasPrefix(entry.Name(), ".") {
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
func (l *loader) noFolder(a source.App) {
	d := diag.Diagnostic{
		Code: codeApp, Range: a.Range, Summary: fmt.Sprintf("the folder %q with the models of app %q is not there", a.Models, a.Label),
		Detail: "Without it the app has no models.", Next: "make the folder, or correct models = in app " + quote(a.Label),
	}
	if _, err := os.Stat(filepath.Join(l.project.Root, filepath.FromSlash(a.Migrations))); err == nil || len(l.project.Apps) > 1 {
		d.Severity = diag.Warning
	}
	l.add(d)
}

// parseFiles reads and parses the files, several at once.
func (l *loader) parseFiles(ctx context.Context) error {
	next := make(chan *modelFile)
	failures := make([]error, max(1, min(len(l.files), runtime.GOMAXPROCS(0))))
	var workers sync.WaitGroup
	for i := range failures {
		workers.Go(func() {
			for f := range next {
				if failures[i] == nil {
					failures[i] = f.parse(l.project.Root)
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
	text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(f.Name)))
	if err != nil {
		return err
	}
	f.File, f.problems = syntax.Parse(f.Name, text)
	return nil
}
