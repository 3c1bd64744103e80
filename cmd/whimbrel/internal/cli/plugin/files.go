package cli

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

// beginnings are the files of new plugins: those of each language, and what all
// have in common. Patterns that end in * take names that begin with _ too.
//
//go:embed plugin_new plugin_new/python/whimbrel_plugin/*.py
var beginnings embed.FS

// writePlugin fills the templates and writes them. It returns their names.
func (s *session) writePlugin(folder string, plan newPluginPlan) ([]string, error) {
	var files []string
	for _, part := range []string{"common", plan.Language} {
		written, err := s.writePart(folder, "plugin_new/"+part, plan)
		if err != nil {
			return files, err
		}
		files = append(files, written...)
	}
	slices.Sort(files)
	return files, nil
}

func (s *session) writePart(folder, part string, plan newPluginPlan) ([]string, error) {
	var files []string
	err := fs.WalkDir(beginnings, part, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fill(path, plan)
		if err != nil {
			return err
		}
		name := folder + planted(strings.TrimPrefix(path, part), plan)
		files = append(files, name)
		return s.plant(name, text)
	})
	return files, err
}

// planted returns the name that the file of a template gets.
func planted(path string, plan newPluginPlan) string {
	hidden := strings.NewReplacer("/gitignore", "/.gitignore", "/github/", "/.github/", "/NAME", "/"+pluginPrefix+plan.Name)
	return hidden.Replace(strings.TrimSuffix(path, ".tmpl"))
}

// plant writes a file. A script can be run.
func (s *session) plant(name, text string) error {
	if _, err := s.begin(beginFile{name, text}); err != nil || !strings.HasPrefix(text, "#!") {
		return err
	}
	return os.Chmod(filepath.Join(s.Root(), filepath.FromSlash(name)), 0o755)
}

// fill returns the text of a file; only templates have something to fill in.
func fill(path string, plan newPluginPlan) (string, error) {
	text, err := beginnings.ReadFile(path)
	if err != nil || !strings.HasSuffix(path, ".tmpl") {
		return string(text), err
	}
	parsed, err := template.New(path).Delims("<<", ">>").Parse(string(text))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = parsed.Execute(&b, plan)
	return b.String(), err
}
