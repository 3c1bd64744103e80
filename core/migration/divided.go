package migration

import (
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// ReadDivided reads the migrations of a project as ReadHistory does, and lets an app have
// several last migrations: those of branches that git has merged. A whimbrel.sum with the
// lines of two branches is put in order in memory; PutInOrder writes it.
func ReadDivided(folders ...Folder) (*History, diag.List, error) {
	ordered := slices.Clone(folders)
	for i, folder := range folders {
		sum, _, err := orderedSum(folder.FS)
		if err != nil {
			return nil, nil, err
		}
		if sum != nil {
			ordered[i].FS = withSum{folder.FS, sum}
		}
	}
	h, found, err := ReadHistory(ordered...)
	found = slices.DeleteFunc(found, func(d diag.Diagnostic) bool { return d.Code == dividedCode })
	return h, found, err
}

// PutInOrder writes the whimbrel.sum of a folder of the operating system anew where it
// has the lines of two branches, or lost its last one, and reports whether it did. Each
// file must be as it was written. Diagnostics have files relative to dir.
func PutInOrder(dir string) (done bool, found diag.List, err error) {
	sum, found, err := orderedSum(os.DirFS(dir))
	if err != nil || found.HasErrors() || sum == nil {
		return false, found, err
	}
	return true, nil, place(dir, []file{{SumName, sum}})
}

// orderedSum returns the sum of a folder put in order, nil if it is in order or nobody
// could put it so.
func orderedSum(fsys fs.FS) ([]byte, diag.List, error) {
	f, found, err := openFolder(fsys)
	if err != nil || !f.mixed(found) {
		return nil, nil, err
	}
	sum, found := f.without("", f.newest())
	if found.HasErrors() {
		return nil, found, nil
	}
	return sum.Bytes(), nil, nil
}

// mixed reports whether the sum has the lines of two branches: with the marks of a
// conflict, in no order, or in order with hashes that are not behind one another.
func (f *folder) mixed(found diag.List) bool {
	for _, d := range found {
		if d.Code == conflictInSum().Code || d.Code == tangledSum("").Code {
			return true
		}
	}
	if found.HasErrors() {
		return false
	}
	for _, line := range f.sum.Lines {
		data, unread := read(f.fsys, line.Name)
		if !unread.HasErrors() && !f.sum.matches(line.Name, data) && newTangle(f.text).fits(line.Name, data) {
			return true
		}
	}
	return false
}

// newest returns the last ID in the sum.
func (f *folder) newest() string {
	names := newTangle(f.text).names()
	if len(names) == 0 {
		return ""
	}
	return idOf(names[len(names)-1])
}

// withSum is a folder with another sum.
type withSum struct {
	fs.FS
	sum []byte
}

// ReadFile is that of fs.ReadFileFS.
func (w withSum) ReadFile(name string) ([]byte, error) {
	if name == SumName {
		return w.sum, nil
	}
	data, err := fs.ReadFile(w.FS, name)
	if err != nil {
		return nil, fmt.Errorf("reading a migration: %w", err)
	}
	return data, nil
}
