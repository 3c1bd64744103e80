package migration

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Seal takes a migration whose files were edited or made by hand for good: it
// writes the hashes of what the .sql runs into the sidecar, marks it as edited
// and writes the sum anew. The operations must be those of the sidecar, for what
// replays stays as it is. A migration that a database has must not be sealed;
// the caller looks. Diagnostics have files relative to dir. The error is
// fs.ErrNotExist if the folder has no such migration.
func Seal(dir, id string) (diag.List, error) {
	f, diags, err := openFolder(os.DirFS(dir))
	if err != nil || diags.HasErrors() && !isMissingSum(diags) {
		return diags, err
	}
	if !f.scripts[id] {
		return nil, fmt.Errorf("sealing %s: %s: %w", id, filepath.Join(dir, id+sqlSuffix), fs.ErrNotExist)
	}
	files, diags, err := f.sealed(id)
	if err != nil || diags.HasErrors() || files == nil {
		return diags, err
	}
	sum, diags, err := f.sum.with(contents(files), f.headWith(id), f.content)
	if err != nil || diags.HasErrors() {
		return diags, err
	}
	// The .sql is as it should be; a new sidecar and the sum are written.
	return nil, place(dir, append(files[1:], file{SumName, sum.Bytes()}))
}

// isMissingSum reports whether a folder lacks its sum and nothing else: its
// first migration was written by hand.
func isMissingSum(diags diag.List) bool { return len(diags) == 1 && diags[0].Code == missingSum().Code }

// headWith returns the head once a migration is in the sum.
func (f *folder) headWith(id string) string {
	if f.sum.Has(id + sqlSuffix) {
		return f.sum.Head
	}
	return max(id, f.sum.Head)
}

// sealed returns the files of a migration as they should be, the .sql first, or
// nil if they are so already.
func (f *folder) sealed(id string) ([]file, diag.List, error) {
	name := id + sqlSuffix
	sql, diags := read(f.fsys, name)
	if diags.HasErrors() {
		return nil, diags, nil
	}
	script, diags := ParseSQL(name, sql)
	if diags = append(diags, script.Disturbing()...); diags.HasErrors() {
		return nil, diags, nil
	}
	files := []file{{name, sql}}
	if !f.sidecars[id] {
		if !script.Opaque {
			return nil, diag.List{missingFile(id + sidecarSuffix)}, nil
		}
		return files, nil, nil
	}
	sidecar, diags, err := f.sealedSidecar(script)
	if err != nil || diags.HasErrors() {
		return nil, diags, err
	}
	files = append(files, sidecar)
	if f.sum.matches(name, sql) && f.sum.matches(sidecar.name, sidecar.data) {
		return nil, nil, nil
	}
	return files, nil, nil
}

// sealedSidecar returns the sidecar with the hashes of a script.
func (f *folder) sealedSidecar(script *Script) (file, diag.List, error) {
	name := script.ID + sidecarSuffix
	data, diags := read(f.fsys, name)
	if diags.HasErrors() {
		return file{}, diags, nil
	}
	m, diags := ParseSidecar(name, data)
	if diags.HasErrors() {
		return file{}, diags, nil
	}
	if diags := compareSteps(script, m); diags.HasErrors() {
		return file{}, diags, nil
	}
	hashes := script.Migration().Hashes
	if slices.Equal(hashes, m.Hashes) {
		return file{name, data}, nil, nil
	}
	m.Edited = true
	data, err := m.sidecar(hashes)
	if err != nil {
		return file{}, nil, errors.Join(fmt.Errorf("sealing %s", script.ID), err)
	}
	return file{name, data}, nil, nil
}
