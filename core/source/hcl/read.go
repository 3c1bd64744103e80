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

	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// readFiles reads and parses the model files of all apps, sorted by name. A
// folder that is not there has no files.
func (l *loader) readFiles(ctx context.Context) error {
	for _, a := range l.project.Apps {
		names, err := modelFiles(l.project.Root, a.Models)
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
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return names, err
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
