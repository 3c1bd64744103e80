package migration

import (
	"io/fs"
	"runtime"
	"sync"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Load reads the migrations of one app from its folder: the sum and the
// sidecars, each checked against its hash. Scripts are read only where there is
// no sidecar. What is wrong with the files is in the diagnostics, whose files are
// relative to fsys; with an error among them the history is not complete.
func Load(fsys fs.FS, app string) (*Dir, diag.List, error) {
	return load(fsys, app, true)
}

// LoadScripts reads the .sql files and the sum only, for applying. The
// migrations have SQL and hazards with probes, but no edits: they do not replay.
func LoadScripts(fsys fs.FS, app string) (*Dir, diag.List, error) {
	return load(fsys, app, false)
}

func load(fsys fs.FS, app string, sidecars bool) (*Dir, diag.List, error) {
	f, diags, err := openFolder(fsys)
	if err != nil {
		return nil, nil, err
	}
	d := &Dir{App: app, Scripts: map[string]*Script{}, Sum: f.sum, fsys: fsys, scripts: !sidecars, known: f.known()}
	if diags.HasErrors() {
		d.broken = true
		return d, diags, nil
	}
	diags = f.check(sidecars)
	files := f.readAll(app, sidecars)
	for _, file := range files {
		diags = append(diags, file.diags...)
		if file.script != nil {
			d.Scripts[file.script.ID] = file.script
		}
		if file.migration != nil && !file.diags.HasErrors() {
			d.Migrations = append(d.Migrations, file.migration)
		}
	}
	d.broken = diags.HasErrors()
	return d, f.untangled(diags).Sorted(), nil
}

// An entry is one migration of a folder as it was read, or what is wrong with it.
type entry struct {
	migration *Migration
	script    *Script
	diags     diag.List
}

// readAll reads the migrations, several at once.
func (f *folder) readAll(app string, sidecars bool) []entry {
	ids := f.ids()
	files := make([]entry, len(ids))
	var workers sync.WaitGroup
	count := min(runtime.GOMAXPROCS(0), len(ids))
	for worker := range count {
		workers.Go(func() {
			for i := worker; i < len(ids); i += count {
				files[i] = f.read(ids[i], app, sidecars)
			}
		})
	}
	workers.Wait()
	return files
}

func (f *folder) read(id, app string, sidecars bool) entry {
	var e entry
	if sidecars && f.sum.Has(id+sidecarSuffix) {
		if f.sidecars[id] {
			e = f.readSidecar(id + sidecarSuffix)
		}
	} else {
		e = f.readScript(id+sqlSuffix, sidecars)
	}
	if e.migration != nil && e.migration.App != app {
		e.diags = append(e.diags, wrongApp(id+sqlSuffix, e.migration.App, app))
	}
	return e
}

func (f *folder) readSidecar(name string) (e entry) {
	var data []byte
	if data, e.diags = read(f.fsys, name); e.diags.HasErrors() {
		return e
	}
	if e.diags = f.sum.check(name, data); e.diags == nil {
		e.migration, e.diags = ParseSidecar(name, data)
	}
	return e
}

// readScript reads a .sql file. Where it has operations it needs its sidecar
// for replaying.
func (f *folder) readScript(name string, replay bool) (e entry) {
	var data []byte
	if data, e.diags = read(f.fsys, name); e.diags.HasErrors() {
		return e
	}
	if e.diags = f.sum.check(name, data); e.diags != nil {
		return e
	}
	e.script, e.diags = ParseSQL(name, data)
	e.script.Text = string(data)
	if e.diags.HasErrors() {
		return e
	}
	if replay && !e.script.Opaque {
		e.diags = append(e.diags, missingFile(idOf(name)+sidecarSuffix))
		return e
	}
	e.migration = e.script.Migration()
	return e
}
