package migration

import (
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Discover finds the folders of migrations in a file system, where no project file says
// which they are: those with a sum of their own, in the order of their paths. The app
// of each is what its migrations say. A file system without any is a diag.Diagnostic.
func Discover(fsys fs.FS) ([]Folder, error) {
	var found []Folder
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case entry.IsDir() || entry.Name() != SumName:
			return nil
		}
		f, err := folderAt(fsys, path.Dir(name))
		found = append(found, f)
		return err
	})
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(found) == 0:
		return nil, noFolder()
	case err != nil:
		return nil, err
	}
	return found, nil
}

// folderAt returns the folder of migrations that a directory is.
func folderAt(fsys fs.FS, dir string) (Folder, error) {
	below, err := fs.Sub(fsys, dir)
	if err != nil {
		return Folder{}, err
	}
	names, err := fs.Glob(below, "*"+sqlSuffix)
	if err != nil || len(names) == 0 {
		return Folder{Path: dir, FS: below}, err
	}
	text, err := fs.ReadFile(below, names[0])
	script, _ := ParseSQL(names[0], text) // whoever reads the folder tells what is wrong with it
	return Folder{App: script.App, Path: dir, FS: below}, err
}

func noFolder() error {
	return diag.Diagnostic{
		Code: "WH3038", Summary: "there are no migrations",
		Detail: "No folder has a file " + SumName + ", which whimbrel writes beside migrations.",
		Next:   "give the folder migrations or one that holds it; with //go:embed name *.sql and " + SumName + ", as in //go:embed migrations/*.sql migrations/" + SumName,
	}
}
