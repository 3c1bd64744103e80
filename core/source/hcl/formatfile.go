package hcl

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
)

// Files returns the names of the project file and of the model files of all apps,
// with slashes, relative to the root, sorted. An app whose folder is not there has
// none.
func Files(project source.Project) ([]string, error) {
	names := []string{project.File}
	for _, app := range project.Apps {
		inside, err := ModelFiles(project.Root, app.Models)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("finding the models of app %s: %w", app.Label, err)
		}
		names = append(names, inside...)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// FormatFile formats the file at a path, which messages call by its name, and
// reports whether its text changes. With write it is replaced in one step, unless it
// is broken.
func FormatFile(name, path string, write bool) (changed bool, problems diag.List, err error) {
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return false, nil, fmt.Errorf("formatting %s: %w", name, err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return false, nil, fmt.Errorf("formatting %s: %w", name, err)
	}
	formatted, problems, err := Format(name, text)
	if err != nil || len(problems) > 0 || bytes.Equal(formatted, text) {
		return false, problems, err
	}
	if !write {
		return true, nil, nil
	}
	if err := replace(path, formatted); err != nil {
		return false, nil, fmt.Errorf("writing %s: %w", name, err)
	}
	return true, nil, nil
}

// replace gives a file that is there other bytes: whoever reads it finds the old
// ones or the new ones.
func replace(path string, data []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".whimbrel-*.tmp")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
