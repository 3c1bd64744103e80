package migration

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// attributes collapse the sidecars in reviews.
const (
	attributesName = ".gitattributes"
	attributes     = "*.ops.json linguist-generated=true\n"
)

// Write puts new migrations into a folder of the operating system, which is made
// if need be, and returns the paths of the migrations' files. The last migration
// becomes the head. Either all files are there afterwards, or, after an error,
// none. A folder that is not in order is a diag.List as error.
func Write(dir string, migrations ...*Migration) ([]string, error) {
	if len(migrations) == 0 {
		return nil, nil
	}
	files, err := renderAll(migrations)
	if err != nil {
		return nil, err
	}
	sum, err := nextSum(dir, files, migrations[len(migrations)-1].ID)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		if _, err := os.Lstat(filepath.Join(dir, file.name)); err == nil {
			return nil, fmt.Errorf("writing %s: %w", filepath.Join(dir, file.name), fs.ErrExist)
		}
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = filepath.Join(dir, file.name)
	}
	if _, err := os.Lstat(filepath.Join(dir, attributesName)); errors.Is(err, fs.ErrNotExist) {
		files = append(files, file{attributesName, []byte(attributes)})
	}
	return names, place(dir, append(files, file{SumName, sum.Bytes()}))
}

func renderAll(migrations []*Migration) ([]file, error) {
	var files []file
	for _, m := range migrations {
		sql, sidecar, err := Render(m)
		if err != nil {
			return nil, err
		}
		files = append(files, file{m.ID + sqlSuffix, sql})
		if sidecar != nil {
			files = append(files, file{m.ID + sidecarSuffix, sidecar})
		}
	}
	return files, nil
}

// nextSum returns the sum of a folder with files written into it.
func nextSum(dir string, files []file, head string) (Sum, error) {
	f, diags, err := openFolder(os.DirFS(dir))
	if err != nil {
		return Sum{}, fmt.Errorf("reading %s: %w", dir, err)
	}
	diags = append(diags, f.check(true)...)
	if diags.HasErrors() {
		return Sum{}, InFolder(filepath.ToSlash(dir), diags)
	}
	sum, diags, err := f.sum.with(contents(files), head, f.content)
	if err != nil {
		return Sum{}, fmt.Errorf("reading %s: %w", dir, err)
	}
	if diags.HasErrors() {
		return Sum{}, InFolder(filepath.ToSlash(dir), diags)
	}
	return sum, nil
}

func contents(files []file) map[string][]byte {
	set := make(map[string][]byte, len(files))
	for _, file := range files {
		set[file.name] = file.data
	}
	return set
}

// A file is to be written.
type file struct {
	name string
	data []byte
}

// place writes files into a folder, the last one last, each under another name
// first. After an error, the files that were new are gone, and so is the folder
// if it was. Files that were there before are replaced; the caller sees to it
// that only the last ones are.
func place(dir string, files []file) (err error) {
	var undo []string
	defer func() {
		if err != nil {
			for _, path := range slices.Backward(undo) {
				os.Remove(path) // a folder that is not empty stays
			}
			err = fmt.Errorf("writing migrations: %w", err)
		}
	}()
	if undo, err = makeFolder(dir); err != nil {
		return err
	}
	temporary := make([]string, len(files))
	for i, file := range files {
		if temporary[i], err = writeTemporary(dir, file.data); err != nil {
			return err
		}
		undo = append(undo, temporary[i])
	}
	for i, file := range files {
		path := filepath.Join(dir, file.name)
		_, missing := os.Lstat(path)
		if err = os.Rename(temporary[i], path); err != nil {
			return err
		}
		if missing != nil {
			undo = append(undo, path)
		}
	}
	return syncFolder(dir)
}

// makeFolder makes a folder with its parents and returns those it made.
func makeFolder(dir string) (made []string, err error) {
	for path := filepath.Clean(dir); ; path = filepath.Dir(path) {
		if _, err := os.Stat(path); err == nil || path == filepath.Dir(path) {
			break
		}
		made = append([]string{path}, made...)
	}
	return made, os.MkdirAll(dir, 0o777)
}

// writeTemporary writes a hidden file, down to the disk, and returns its path.
func writeTemporary(dir string, data []byte) (path string, err error) {
	f, err := os.CreateTemp(dir, ".whimbrel-*.tmp")
	if err != nil {
		return "", err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		os.Remove(f.Name())
	}
	return f.Name(), err
}

// syncFolder brings the names in a folder down to the disk, where the operating
// system can do that.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}
