package migration

import (
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// Branches are the migrations of a project as far as the names and the first lines of
// their files say, for folders that are not in order: with the migrations of two
// branches, with files that were edited, or that are gone.
type Branches struct {
	folder  map[string]Folder // by ID
	parents map[string][]string
}

// ReadBranches reads them. The diagnostics are about what cannot be read at all.
func ReadBranches(folders ...Folder) (*Branches, diag.List, error) {
	b := &Branches{folder: map[string]Folder{}, parents: map[string][]string{}}
	var found diag.List
	for _, folder := range folders {
		f, list, err := openFolder(folder.FS)
		if err != nil {
			return nil, nil, err
		}
		for _, d := range list {
			if d.Code == unreadable("", "").Code {
				found = append(found, folder.Placed(diag.List{d})...)
			}
		}
		for id := range f.known() {
			b.folder[id] = folder
			b.parents[id] = parentsOf(folder.FS, id)
		}
	}
	return b, found, nil
}

// known returns the IDs that the folder has a file of, or the sum a line.
func (f *folder) known() map[string]bool {
	known := map[string]bool{}
	for _, set := range []map[string]bool{f.scripts, f.sidecars} {
		for id := range set {
			if ValidID(id) {
				known[id] = true
			}
		}
	}
	for _, line := range f.sum.Lines {
		known[idOf(line.Name)] = true
	}
	if len(f.sum.Lines) == 0 {
		for _, name := range newTangle(f.text).names() {
			known[idOf(name)] = true
		}
	}
	return known
}

var parentLine = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^-- ` + ownMark + `parent (\S+)\s*$`) })

// parentsOf returns the parents of a migration, from its .sql or else its sidecar.
func parentsOf(fsys fs.FS, id string) []string {
	var parents []string
	if data, unread := read(fsys, id+sqlSuffix); !unread.HasErrors() {
		for _, found := range parentLine().FindAllSubmatch(data, -1) {
			parents = append(parents, string(found[1]))
		}
		return parents
	}
	var sidecar struct{ Parents []string }
	if data, unread := read(fsys, id+sidecarSuffix); !unread.HasErrors() {
		_ = json.Unmarshal(data, &sidecar) // what cannot be read names no parents
	}
	return sidecar.Parents
}

// IDs returns the IDs, sorted.
func (b *Branches) IDs() []string { return slices.Sorted(maps.Keys(b.folder)) }

// Find returns the ID that a user names, as History.Find.
func (b *Branches) Find(name string) (string, error) { return named(name, b.IDs()) }

// Folder returns the folder of a migration.
func (b *Branches) Folder(id string) Folder { return b.folder[id] }

// Children returns the IDs of the migrations that build on one, sorted.
func (b *Branches) Children(id string) []string {
	return slices.DeleteFunc(b.IDs(), func(child string) bool { return !slices.Contains(b.parents[child], id) })
}

// Files returns the names of the files that there are of a migration.
func (b *Branches) Files(id string) []string {
	var files []string
	for _, suffix := range []string{sqlSuffix, sidecarSuffix} {
		if _, err := fs.Stat(b.folder[id].FS, id+suffix); err == nil {
			files = append(files, id+suffix)
		}
	}
	return files
}

// headWithout returns the last migration of an app once one is gone, "" if there is
// none. Of several, it is the newest.
func (b *Branches) headWithout(gone string) string {
	app, parent := b.folder[gone].App, map[string]bool{}
	var own []string
	for _, id := range b.IDs() {
		if id != gone && b.folder[id].App == app {
			own = append(own, id)
			for _, p := range b.parents[id] {
				parent[p] = true
			}
		}
	}
	own = slices.DeleteFunc(own, func(id string) bool { return parent[id] })
	return strings.Join(own[max(0, len(own)-1):], "")
}
