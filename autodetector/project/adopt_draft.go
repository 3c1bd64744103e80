package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// A Seed is what a project begins with that is made of a database.
type Seed struct {
	// Apps are the labels of those that the project has: the names of schemas. One that is
	// no schema's is what the app of the schema public, or of the only one, is called.
	// Empty: all.
	Apps []string
	// Database is the name of the database, after which the app is called without one.
	Database string
	// Folder is where the models go. Empty: models.
	Folder string
}

// Draft returns a project for the schemas of a database, in a folder that has no
// project yet. It is written with what Adopt reads.
func Draft(dir string, found []detect.Definition, s Seed, options Options) (*Project, error) {
	folder, err := s.folder()
	if err != nil {
		return nil, err
	}
	apps, err := s.apps(dir, found, folder)
	if err != nil {
		return nil, err
	}
	text := appBlocks(apps) + environmentText + pluginBlocks(found, options.Linked)
	p := &Project{options: options, root: dir, unbegun: true}
	file, document, problems := hcl.ParseProjectFile(dir, []byte(text), detect.ManifestsOf(append(builtin.Detectors(), options.Linked...)...)...)
	p.file, p.document = file, document
	return p, problems.Err()
}

// folder returns the folder of the models, which has to be in that of the project.
func (s Seed) folder() (string, error) {
	if s.Folder == "" {
		return usualModels, nil
	}
	if !filepath.IsLocal(filepath.FromSlash(s.Folder)) || strings.ContainsAny(s.Folder, "\"\\\n${}%") {
		return "", ArgumentError{fmt.Sprintf("--out %q: the models of a new project go to a folder in it, such as models; -C says where the project is", s.Folder)}
	}
	return path.Clean(s.Folder), nil
}

const (
	usualModels     = "models"
	usualMigrations = "migrations"
)

// apps returns the apps of a new project.
func (s Seed) apps(dir string, found []detect.Definition, folder string) ([]source.App, error) {
	schemas := schemasOf(found)
	if len(schemas) == 0 {
		schemas = []string{"public"}
	}
	if s.names(schemas) == "" && len(s.Apps) > 0 {
		schemas = slices.DeleteFunc(schemas, func(schema string) bool { return !slices.Contains(s.Apps, plainName(schema)) })
	}
	var apps []source.App
	for i, schema := range schemas {
		app := appOf(schema, apps)
		if i == 0 && (schema == "public" || len(schemas) == 1) {
			label, err := s.label(dir, schemas)
			if err != nil {
				return nil, err
			}
			app.Label = label
		}
		app.Models, app.Migrations = folder, usualMigrations
		if len(schemas) > 1 {
			app.Models, app.Migrations = path.Join(folder, app.Label), path.Join(usualMigrations, app.Label)
		}
		apps = append(apps, app)
	}
	return apps, nil
}

// names returns what the first app is called, empty if nobody says it.
func (s Seed) names(schemas []string) string {
	for _, label := range s.Apps {
		if !slices.ContainsFunc(schemas, func(schema string) bool { return plainName(schema) == label }) {
			return label
		}
	}
	return ""
}

// label returns that of the first app.
func (s Seed) label(dir string, schemas []string) (string, error) {
	named := s.names(schemas)
	switch {
	case named == "" && len(s.Apps) > 0:
		return plainName(schemas[0]), nil
	case named == "" && s.Database != "":
		return plainName(s.Database), nil
	}
	return appName(dir, named)
}

// appBlocks returns apps as the project file has them.
func appBlocks(apps []source.App) string {
	var b strings.Builder
	for _, a := range apps {
		var lines []string
		for _, arg := range []struct{ name, value, usual string }{
			{"models", a.Models, usualModels}, {"migrations", a.Migrations, usualMigrations}, {"schema", a.Schema, "public"},
		} {
			if arg.value != arg.usual {
				lines = append(lines, fmt.Sprintf("  %-10s = %q\n", arg.name, arg.value))
			}
		}
		if len(lines) == 0 {
			fmt.Fprintf(&b, "app %q {}\n\n", a.Label)
			continue
		}
		fmt.Fprintf(&b, "app %q {\n%s}\n\n", a.Label, strings.Join(lines, ""))
	}
	return b.String()
}

// pluginBlocks enables the plugins that own something of what was found, and those that
// every new project has.
func pluginBlocks(found []detect.Definition, linked []detect.Detector) string {
	text := pluginText
	for _, l := range linked {
		name := l.Manifest().Name
		if !strings.Contains(text, fmt.Sprintf("plugin %q", name)) && finds(l, found) {
			text += fmt.Sprintf("plugin %q {}\n", name)
		}
	}
	return text
}

// finds reports whether the queries of a detector are for something that was found: a
// query begins with the kind of what it finds.
func finds(l detect.Detector, found []detect.Definition) bool {
	return slices.ContainsFunc(detect.DefinitionsOf(l), func(q detect.CatalogQuery) bool {
		return slices.ContainsFunc(found, func(d detect.Definition) bool { return strings.Contains(q.SQL, "SELECT '"+d.Kind+"'") })
	})
}

// begin writes the files that a project begins with, but for its models.
func (p *Project) begin() error {
	for _, f := range []newFile{
		{hcl.ProjectFile, string(p.document.Bytes)}, {".gitignore", ignoredText},
	} {
		if _, err := f.write(p.root); err != nil {
			return err
		}
	}
	for _, a := range p.file.Apps {
		if _, err := (newFile{a.Migrations + "/.gitattributes", attributesText}).write(p.root); err != nil {
			return err
		}
		if err := os.MkdirAll(p.path(a.Models), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return fmt.Errorf("making a folder of models: %w", err)
		}
	}
	p.unbegun = false
	return nil
}

// namesApps reports whether the project file has an app: without one there is one that
// is called after the folder.
func (p *Project) namesApps() bool {
	for _, b := range p.document.Body.Blocks {
		if b.Type.Text == "app" {
			return true
		}
	}
	return false
}
