package migration

import (
	"io/fs"
	"path"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// A Dir is the migrations folder of one app, as loaded.
type Dir struct {
	App string
	// Folder is put before the names of files in messages of a Graph, if set.
	Folder string
	// Migrations are in the order of their IDs.
	Migrations []*Migration
	// Scripts are the parsed .sql files by ID. Load reads only those of opaque
	// migrations, LoadScripts all of them.
	Scripts map[string]*Script
	// Sum is the content of whimbrel.sum.
	Sum Sum

	fsys    fs.FS
	scripts bool            // loaded by LoadScripts: no edits
	known   map[string]bool // IDs that there is a file or a line of
	broken  bool            // not every migration could be loaded
}

// Script returns the script of a migration, reading it if need be.
func (d *Dir) Script(id string) (*Script, diag.List, error) {
	if script := d.Scripts[id]; script != nil {
		return script, nil, nil
	}
	name := id + sqlSuffix
	data, diags := read(d.fsys, name)
	if diags.HasErrors() {
		return nil, diags, nil
	}
	if diags := d.Sum.check(name, data); diags.HasErrors() {
		return nil, diags, nil
	}
	script, diags := ParseSQL(name, data)
	script.Text = string(data)
	return script, diags, nil
}

// Migration returns the migration with an ID, or nil.
func (d *Dir) Migration(id string) *Migration {
	for _, m := range d.Migrations {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// InFolder returns diagnostics with a folder before the names of their files.
func InFolder(folder string, list diag.List) diag.List {
	placed := make(diag.List, len(list))
	for i, d := range list {
		if !d.Range.IsZero() {
			d.Range.File = path.Join(folder, d.Range.File)
		}
		placed[i] = d
	}
	return placed
}
