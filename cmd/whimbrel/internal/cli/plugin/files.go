package plugin

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
)

// beginnings are the files of new plugins: those of each language, and those of
// each kind of plugin, in a language or in common. Patterns that end in * take names
// that begin with _ too.
//
//go:embed beginning beginning/python/whimbrel_plugin/*.py
var beginnings embed.FS

// write fills the templates and writes them into a folder below the root. It returns
// their names.
func (plan seed) write(root, folder string) ([]string, error) {
	var files []string
	for _, part := range []string{plan.Language, plan.Kind + "/common", plan.Kind + "/" + plan.Language} {
		written, err := plan.writePart(root, folder, "beginning/"+part)
		if err != nil {
			return files, err
		}
		files = append(files, written...)
	}
	slices.Sort(files)
	return files, nil
}

func (plan seed) writePart(root, folder, part string) ([]string, error) {
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
		return plant(filepath.Join(root, filepath.FromSlash(name)), text)
	})
	return files, err
}

// planted returns the name that the file of a template gets.
func planted(path string, plan seed) string {
	hidden := strings.NewReplacer("/gitignore", "/.gitignore", "/github/", "/.github/", "/NAME", "/"+prefix+plan.Name)
	return hidden.Replace(strings.TrimSuffix(path, ".tmpl"))
}

// plant writes a new file. A script can be run.
func plant(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("making a folder of the plugin: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("beginning the plugin: %w", err)
	}
	_, err = file.WriteString(text)
	if strings.HasPrefix(text, "#!") {
		err = errors.Join(err, file.Chmod(0o755))
	}
	return errors.Join(err, file.Close())
}

// fill returns the text of a file; only templates have something to fill in.
func fill(path string, plan seed) (string, error) {
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
