package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newInit(s *session) *cobra.Command {
	app := ""
	c := &cobra.Command{
		Use:     "init",
		GroupID: groupModels,
		Short:   "Begin a project: whimbrel.hcl, models/, migrations/",
		Example: "  whimbrel init --app shop",
		RunE: s.Run(func(context.Context, []string) (output.Result, error) {
			return s.init(app)
		}),
	}
	c.Flags().StringVar(&app, "app", "", "`NAME` of the app (default: the folder's name)")
	return c
}

const projectFile = "whimbrel.hcl"

func (s *session) init(app string) (output.Result, error) {
	if _, err := os.Stat(filepath.Join(s.Root(), projectFile)); err == nil {
		return nil, diag.Diagnostic{
			Code:    "WH0101",
			Summary: "there is a project here already",
			Detail:  filepath.Join(s.Root(), projectFile) + " exists; init begins a new project only.",
			Next:    "whimbrel make",
		}
	}
	app, err := s.appName(app)
	if err != nil {
		return nil, err
	}
	written := initResult{App: app}
	for _, f := range beginning(app) {
		made, err := s.begin(f)
		if err != nil {
			return nil, err
		}
		if made {
			written.Files = append(written.Files, f.name)
		}
	}
	return written, nil
}

// appName returns the name given, or one made from the folder's.
func (s *session) appName(given string) (string, error) {
	if given != "" {
		if strings.ContainsAny(given, "\"\\\n${}%") {
			return "", output.Usage(fmt.Errorf("--app %q: a name has no quotes, braces, backslashes or line breaks", given))
		}
		return given, nil
	}
	folder, err := filepath.Abs(s.Root())
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

// A beginFile is a file of a new project.
type beginFile struct{ name, text string }

func beginning(app string) []beginFile {
	return []beginFile{
		{projectFile, fmt.Sprintf(projectText, app)},
		{"models/" + plainName(app) + ".hcl", modelsText},
		{".gitignore", ".whimbrel/\n"},
		{"migrations/.gitattributes", "*.ops.json linguist-generated=true\n"},
	}
}

// begin writes a file unless it is there, and reports whether it did.
func (s *session) begin(f beginFile) (bool, error) {
	path := filepath.Join(s.Root(), filepath.FromSlash(f.name))
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

const projectText = `app %q {}

# The database of "whimbrel migrate"; --url, WHIMBREL_URL, DATABASE_URL and PG* override it.
environment "local" {
  url = env("DATABASE_URL")
}

plugin "triggers"   {} # audit_trigger, constraint_trigger
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

type initResult struct {
	App   string   `json:"app"`
	Files []string `json:"files"`
}

func (r initResult) Print(p *output.Printer) {
	for _, name := range r.Files {
		p.Line("wrote %s", name)
	}
	if !p.Quiet {
		p.Line("\nNext: declare a model in models/, then run: whimbrel make")
	}
}
