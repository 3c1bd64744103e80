package migration

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sync"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
)

// A Folder is where the migrations of an app are.
type Folder struct {
	App string
	// Path is the folder as messages name it, with slashes.
	Path string
	FS   fs.FS
}

// A History is the migrations of all apps of a project, with the folders that they
// are in. It is not changed once it is read.
type History struct {
	*Graph
	folders []Folder
	dirs    []*Dir // of folders, in their order
}

// ReadHistory reads the migrations of a project, to be replayed. What is wrong with
// the files is in the diagnostics, which name the folders; with an error among them
// the history is not complete. See Load.
func ReadHistory(folders ...Folder) (*History, diag.List, error) {
	return readHistory(Load, folders)
}

// ReadScripts reads the .sql files of a project only, for applying. See LoadScripts.
func ReadScripts(folders ...Folder) (*History, diag.List, error) {
	return readHistory(LoadScripts, folders)
}

func readHistory(load func(fs.FS, string) (*Dir, diag.List, error), folders []Folder) (*History, diag.List, error) {
	h := &History{folders: folders}
	var found diag.List
	for _, f := range folders {
		dir, list, err := load(f.FS, f.App)
		if err != nil {
			return nil, nil, err
		}
		dir.Folder = f.Path
		h.dirs = append(h.dirs, dir)
		found = append(found, f.Placed(list)...)
	}
	g, list := NewGraph(h.dirs...)
	h.Graph = g
	return h, append(found, list...), nil
}

// Apps returns the labels of the apps, in the order of the project.
func (h *History) Apps() []string {
	labels := make([]string, len(h.folders))
	for i, f := range h.folders {
		labels[i] = f.App
	}
	return labels
}

// Newest returns the ID of the last migration of each app that has one.
func (h *History) Newest() map[string]string {
	newest := map[string]string{}
	for _, app := range h.Apps() {
		for _, head := range h.Heads(app) {
			newest[app] = head.ID
		}
	}
	return newest
}

// State returns the state after the migrations with the given IDs and all that they
// build on, or after all migrations if none is given. See Replay.
func (h *History) State(upTo ...string) (*state.State, error) { return Replay(h.Graph, upTo...) }

// File returns the path of a migration's .sql as messages name it.
func (h *History) File(app, id string) string {
	i := slices.IndexFunc(h.folders, func(f Folder) bool { return f.App == app })
	if i < 0 {
		return id + sqlSuffix
	}
	return path.Join(h.folders[i].Path, id+sqlSuffix)
}

// Script returns the script of a migration. A file that is not as it was written is
// a diag.List as error.
func (h *History) Script(m *Migration) (*Script, error) {
	i := slices.IndexFunc(h.folders, func(f Folder) bool { return f.App == m.App })
	script, found, err := h.dirs[i].Script(m.ID)
	if err == nil {
		err = h.folders[i].Placed(found).Err()
	}
	return script, err
}

// Validate checks everything that can be checked without a database: each folder,
// then all of them together.
func (h *History) Validate() (diag.List, error) {
	var found diag.List
	for _, f := range h.folders {
		list, err := Validate(f.FS, f.App)
		if err != nil {
			return nil, err
		}
		found = append(found, f.Placed(list)...)
	}
	if found.HasErrors() {
		return found, nil
	}
	return append(found, h.Graph.Validate()...), nil
}

// Placed returns diagnostics about the files of a folder with its name in them: in
// their places and in the commands to run next.
func (f Folder) Placed(list diag.List) diag.List {
	placed := InFolder(f.Path, list)
	for i, d := range placed {
		placed[i].Next = fileName().ReplaceAllString(d.Next, path.Join(f.Path, "$0"))
	}
	return placed
}

var fileName = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b([0-9]{14}_[a-z0-9_]+\.(sql|ops\.json)|whimbrel\.sum)\b`)
})
