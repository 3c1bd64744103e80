package project

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/whimbreldb/whimbrel/plugins"
)

// evidence returns the files that say what is and what is wanted, sorted.
func (p *Project) evidence() ([]string, error) {
	files := []string{p.path(p.file.File)}
	lock := p.path(plugins.LockFile)
	if _, err := os.Stat(lock); err == nil {
		files = append(files, lock)
	}
	for _, app := range p.file.Apps {
		for _, folder := range []string{app.Models, app.Migrations} {
			found, err := filesBelow(p.path(folder))
			if err != nil {
				return nil, err
			}
			files = append(files, found...)
		}
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

func filesBelow(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return files, err
}
