package migration

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A folder is a migrations folder as a list of names, before its files are read.
type folder struct {
	fsys     fs.FS
	text     []byte // of the sum
	sum      Sum
	scripts  map[string]bool // IDs with a .sql
	sidecars map[string]bool // IDs with a .ops.json
}

// openFolder lists a folder and reads its sum. A folder that is not there is
// empty. With an error among the diagnostics the sum could not be read.
func openFolder(fsys fs.FS) (*folder, diag.List, error) {
	f := &folder{fsys: fsys, scripts: map[string]bool{}, sidecars: map[string]bool{}}
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f, diag.List{unreadableFolder(err)}, nil
	}
	var diags diag.List
	for _, entry := range entries {
		if !f.add(entry) {
			diags = append(diags, notAMigration(entry.Name()))
		}
	}
	if _, err := fs.Stat(fsys, SumName); errors.Is(err, fs.ErrNotExist) {
		if len(f.scripts)+len(f.sidecars) > 0 {
			diags = append(diags, missingSum())
		}
		return f, diags, nil
	}
	data, unread := read(fsys, SumName)
	if unread.HasErrors() {
		return f, append(diags, unread...), nil
	}
	sum, damaged := ParseSum(data)
	f.text, f.sum = data, sum
	if damaged.HasErrors() && damaged[0].Code == damagedSum("").Code && f.tangled() {
		damaged = diag.List{tangledSum("")}
	}
	return f, append(diags, damaged...), nil
}

// add takes in the name of a file and reports whether it can be there. Folders,
// hidden files and files of other kinds are none of ours.
func (f *folder) add(entry fs.DirEntry) bool {
	name := entry.Name()
	if entry.IsDir() || strings.HasPrefix(name, ".") {
		return true
	}
	for suffix, set := range map[string]map[string]bool{sqlSuffix: f.scripts, sidecarSuffix: f.sidecars} {
		if id, ok := strings.CutSuffix(name, suffix); ok {
			set[id] = true
			return ValidID(id)
		}
	}
	return true
}

// ids returns the IDs of the migrations that can be read, in order.
func (f *folder) ids() []string {
	var ids []string
	for _, id := range slices.Sorted(maps.Keys(f.scripts)) {
		if f.sum.Has(id + sqlSuffix) {
			ids = append(ids, id)
		}
	}
	return ids
}

// check compares the names with the sum. Applying needs no sidecars, so these
// count only if asked for.
func (f *folder) check(sidecars bool) diag.List {
	var diags diag.List
	for _, line := range f.sum.Lines {
		id := idOf(line.Name)
		isSidecar := strings.HasSuffix(line.Name, sidecarSuffix)
		if isSidecar && sidecars && !f.sidecars[id] || !isSidecar && !f.scripts[id] {
			diags = append(diags, missingFile(line.Name))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.scripts)) {
		if ValidID(id) && !f.sum.Has(id+sqlSuffix) {
			diags = append(diags, notInSum(id+sqlSuffix))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(f.sidecars)) {
		if ValidID(id) && sidecars && !f.sum.Has(id+sidecarSuffix) {
			diags = append(diags, notInSum(id+sidecarSuffix))
		}
	}
	return diags
}

// content returns the bytes of a file. The error is a diag.List.
func (f *folder) content(name string) ([]byte, error) {
	data, diags := read(f.fsys, name)
	return data, diags.Err()
}
