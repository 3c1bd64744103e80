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
	d := &Dir{App: app, Scripts: map[string]*Script{}, Sum: f.sum, fsys: fsys, scripts: !sidecars}
	if diags.HasErrors() {
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
	return d, diags.Sorted(), nil
}

// A loaded is one migration read, or what is wrong with it.
type loaded struct {
	migration *Migration
	script    *Script
	diags     diag.List
}

// readAll reads the migrations, several at once.
func (f *folder) readAll(app string, sidecars bool) []loaded {
	ids := f.ids()
	files := make([]loaded, len(ids))
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

func (f *folder) read(id, app string, sidecars bool) loaded {
	var l loaded
	if sidecars && f.sum.Has(id+sidecarSuffix) {
		if f.sidecars[id] {
			l = f.readSidecar(id + sidecarSuffix)
		}
	} else {
		l = f.readScript(id+sqlSuffix, sidecars)
	}
	if l.migration != nil && l.migration.App != app {
		l.diags = append(l.diags, wrongApp(id+sqlSuffix, l.migration.App, app))
	}
	return l
}

func (f *folder) readSidecar(name string) (l loaded) {
	var data []byte
	if data, l.diags = read(f.fsys, name); l.diags.HasErrors() {
		return l
	}
	if l.diags = f.sum.check(name, data); l.diags == nil {
		l.migration, l.diags = ParseSidecar(name, data)
	}
	return l
}

// readScript reads a .sql file. Where it has operations it needs its sidecar
// for replaying.
func (f *folder) readScript(name string, replay bool) (l loaded) {
	var data []byte
	if data, l.diags = read(f.fsys, name); l.diags.HasErrors() {
		return l
	}
	if l.diags = f.sum.check(name, data); l.diags != nil {
		return l
	}
	l.script, l.diags = ParseSQL(name, data)
	l.script.Text = string(data)
	if l.diags.HasErrors() {
		return l
	}
	if replay && !l.script.Opaque {
		l.diags = append(l.diags, missingFile(idOf(name)+sidecarSuffix))
		return l
	}
	l.migration = l.script.Migration()
	return l
}
