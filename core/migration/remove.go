package migration

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Remove takes a migration that nothing builds on out of a folder of the operating
// system: its files go to the folder keep, and its lines out of whimbrel.sum, which
// goes with the last one. Where the sum has the lines of two branches, it is put in
// order. It returns the names of the files. That no database has the migration is
// for the caller to know. Diagnostics have files relative to dir.
func (b *Branches) Remove(dir, id, keep string) ([]string, diag.List, error) {
	f, diags, err := openFolder(os.DirFS(dir))
	if err != nil || beyondRemoval(diags).HasErrors() {
		return nil, beyondRemoval(diags), err
	}
	sum, diags := f.without(id, b.headWithout(id))
	if diags.HasErrors() {
		return nil, diags, nil
	}
	files := b.Files(id)
	if err := keepFiles(dir, files, keep); err != nil {
		return nil, nil, err
	}
	if len(sum.Lines) > 0 {
		err = place(dir, []file{{SumName, sum.Bytes()}})
	} else {
		files = append(files, SumName)
	}
	for _, name := range files {
		if err == nil {
			err = os.Remove(filepath.Join(dir, name))
		}
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("taking back %s: %w", id, err)
	}
	return files, nil, syncFolder(dir)
}

// beyondRemoval returns what has to be mended by hand before a migration can be taken
// out: a sum that nobody can read. One with the lines of two branches is put in order.
func beyondRemoval(diags diag.List) diag.List {
	var found diag.List
	for _, d := range diags {
		switch d.Code {
		case conflictInSum().Code, tangledSum("").Code, missingSum().Code, notAMigration("").Code:
		default:
			found = append(found, d)
		}
	}
	return found
}

// keepFiles copies files of a folder into another one.
func keepFiles(dir string, names []string, keep string) error {
	var files []file
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("keeping a copy: %w", err)
		}
		files = append(files, file{name, data})
	}
	return place(keep, files)
}

// without returns the sum once a migration is gone. Lines that stand as they stood are
// kept; the others get new hashes, of files that are as some branch wrote them.
func (f *folder) without(gone, head string) (Sum, diag.List) {
	t := newTangle(f.text)
	next := Sum{Head: head}
	var diags diag.List
	for _, name := range t.names() {
		if idOf(name) == gone {
			continue
		}
		line, wrong := t.next(name, next, f.fsys)
		next.Lines = append(next.Lines, line)
		diags = append(diags, wrong...)
	}
	return next, diags
}

// next returns the line of a file behind others.
func (t *tangle) next(name string, before Sum, fsys fs.FS) (SumLine, diag.List) {
	at, n := t.first[name], len(before.Lines)
	stands := at == 0 && n == 0 || at > 0 && n > 0 && t.lines[at-1] == before.Lines[n-1]
	data, wrong := read(fsys, name)
	// Lines of two branches may stand one behind the other, too.
	if stands && (wrong.HasErrors() || t.follows(t.lines[at], at-1, data) || !t.fits(name, data)) {
		return t.lines[at], nil
	}
	if wrong.HasErrors() {
		return SumLine{}, diag.List{missingFile(name)}
	}
	if !t.fits(name, data) {
		return SumLine{}, diag.List{changed(name)}
	}
	return SumLine{Name: name, Hash: before.hash(n, name, data)}, nil
}
