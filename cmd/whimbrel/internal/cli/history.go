package cli

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/source"
)

// A history is the migrations of all apps.
type history struct {
	apps  []source.App
	dirs  []*migration.Dir // of apps, in their order
	graph *migration.Graph
}

// A loader reads one folder of migrations: migration.Load or LoadScripts.
type loader func(fsys fs.FS, app string) (*migration.Dir, diag.List, error)

// readHistory reads the migrations of a project.
func (s *session) readHistory(project source.Project, load loader) (history, error) {
	h, found, err := s.loadHistory(project, load)
	if err != nil {
		return h, err
	}
	if found.HasErrors() {
		return h, found
	}
	s.Warn(found)
	return h, nil
}

// loadHistory reads the migrations of a project with all that is wrong in them.
func (s *session) loadHistory(project source.Project, load loader) (history, diag.List, error) {
	h := history{apps: project.Apps}
	var found diag.List
	for _, app := range project.Apps {
		dir, list, err := load(osDir(s.folder(app)), app.Label)
		if err != nil {
			return h, nil, err
		}
		dir.Folder = app.Migrations
		found = append(found, inFolder(app.Migrations, list)...)
		h.dirs = append(h.dirs, dir)
	}
	graph, list := migration.NewGraph(h.dirs...)
	h.graph = graph
	return h, append(found, list...), nil
}

// folder returns the migrations folder of an app.
func (s *session) folder(app source.App) string {
	if filepath.IsAbs(app.Migrations) {
		return app.Migrations
	}
	return filepath.Join(s.Root(), filepath.FromSlash(app.Migrations))
}

// dir returns the migrations folder of an app as loaded.
func (h history) dir(app string) *migration.Dir {
	i := slices.IndexFunc(h.dirs, func(d *migration.Dir) bool { return d.App == app })
	if i < 0 {
		return nil
	}
	return h.dirs[i]
}

// find returns the migration that the user names: by its ID, by the beginning of
// it, or by what follows the time in it, as long as there is only one.
func (h history) find(name string) (*migration.Migration, error) {
	if m := h.graph.Migration(name); m != nil {
		return m, nil
	}
	var near []string
	for _, m := range h.graph.Migrations() {
		_, slug, _ := strings.Cut(m.ID, "_")
		if name != "" && (strings.HasPrefix(m.ID, name) || slug == name) {
			near = append(near, m.ID)
		}
	}
	if len(near) == 1 {
		return h.graph.Migration(near[0]), nil
	}
	return nil, h.noMigration(name, near)
}

func (h history) noMigration(name string, near []string) error {
	d := diag.Diagnostic{
		Code:    "WH0120",
		Summary: "there is no migration " + name,
		Detail:  "A migration is named by its ID, by the beginning of it, or by what follows the time in it.",
		Next:    "name one that is listed by: whimbrel status",
	}
	if len(near) > 1 {
		d.Summary = name + " names several migrations"
		d.Detail = "They are: " + strings.Join(near, ", ") + "."
	}
	return d
}

// file returns the path of a migration's SQL, relative to the project.
func (h history) file(app, id string) string {
	for _, a := range h.apps {
		if a.Label == app {
			return path.Join(filepath.ToSlash(a.Migrations), id+".sql")
		}
	}
	return id + ".sql"
}

// osDir returns a folder of the operating system as an fs.FS.
func osDir(folder string) fs.FS { return os.DirFS(folder) }

// folder returns the migrations folder of an app as it is named in messages.
func (h history) folder(app string) string { return path.Dir(h.file(app, "")) }

// inFolder returns diagnostics about the files of a folder with its name in them:
// in their places and in the commands to run next.
func inFolder(folder string, list diag.List) diag.List {
	placed := migration.InFolder(folder, list)
	for i, d := range placed {
		placed[i].Next = fileName.ReplaceAllString(d.Next, path.Join(filepath.ToSlash(folder), "$0"))
	}
	return placed
}

var fileName = regexp.MustCompile(`\b[0-9]{14}_[a-z0-9_]+\.(sql|ops\.json)\b`)
