package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// Begun reports whether a folder has a project file.
func Begun(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, hcl.ProjectFile))
	return err == nil
}

// A Beginning is a project that has been begun.
type Beginning struct {
	App   string   `json:"app"`
	Files []string `json:"files"` // that were written
}

// Begin writes the files of a new project with one app into a folder; those that are
// there already stay. Without a name the app gets the folder's.
func Begin(dir, app string) (Beginning, error) {
	file := filepath.Join(dir, hcl.ProjectFile)
	if _, err := os.Stat(file); err == nil {
		return Beginning{}, diag.Diagnostic{
			Code:    "WH0101",
			Summary: "there is a project here already",
			Detail:  file + " exists; init begins a new project only.",
			Next:    "whimbrel make",
		}
	}
	app, err := appName(dir, app)
	if err != nil {
		return Beginning{}, err
	}
	begun := Beginning{App: app}
	for _, f := range beginning(app) {
		written, err := f.write(dir)
		if err != nil {
			return Beginning{}, err
		}
		if written {
			begun.Files = append(begun.Files, f.name)
		}
	}
	return begun, nil
}

// appName returns the name given, or one made from the folder's.
func appName(dir, given string) (string, error) {
	if given != "" {
		if strings.ContainsAny(given, "\"\\\n${}%") {
			return "", ArgumentError{fmt.Sprintf("--app %q: a name has no quotes, braces, backslashes or line breaks", given)}
		}
		return given, nil
	}
	folder, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return plainName(filepath.Base(folder)), nil
}

// plainName makes a name of a folder's name: lower case letters, digits and _.
func plainName(folder string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '_'
	}, folder)
	if strings.Trim(name, "_0123456789") == "" {
		return "app"
	}
	return name
}

// A newFile is a file of a new project.
type newFile struct{ name, text string }

func beginning(app string) []newFile {
	return []newFile{
		{hcl.ProjectFile, fmt.Sprintf("app %q {}\n\n", app) + environmentText + pluginText},
		{"models/" + plainName(app) + ".hcl", modelsText},
		{".gitignore", ignoredText},
		{"migrations/.gitattributes", attributesText},
	}
}

// write writes the file unless it is there, and reports whether it did.
func (f newFile) write(dir string) (bool, error) {
	path := filepath.Join(dir, filepath.FromSlash(f.name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return false, fmt.Errorf("making a folder of the project: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("beginning the project: %w", err)
	}
	if _, err := file.WriteString(f.text); err != nil {
		return false, errors.Join(fmt.Errorf("writing %s: %w", path, err), file.Close())
	}
	return true, file.Close()
}

const (
	ignoredText    = ".whimbrel/\n"
	attributesText = "*.ops.json linguist-generated=true\n"
)

const environmentText = `# The database of "whimbrel migrate"; --url, WHIMBREL_URL, DATABASE_URL and PG* override it.
environment "local" {
  url = env("DATABASE_URL")
}

`

const pluginText = `plugin "triggers" {}   # audit_trigger, constraint_trigger
plugin "extensions" {} # CREATE EXTENSION before the first use of a type
`

const modelsText = `# Models, for example:
#
# model "book" {
#   field "title" { type = varchar(200) }
#   field "price" {
#     type    = numeric(8, 2)
#     default = 0
#   }
#   check "price_not_negative" { that = price >= 0 }
# }
`
