package cli

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// beginnings are the files of a new plugin.
//
//go:embed plugin_new
var beginnings embed.FS

func newPluginNew(s *session) *cobra.Command {
	checkout := ""
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Begin a plugin: a Go module with a detector, a test and models to test it with",
		Example: `  whimbrel plugin new fillfactor
  whimbrel plugin new fillfactor --whimbrel ../whimbrel`,
		Args: cobra.ExactArgs(1),
		RunE: s.runE(func(_ context.Context, args []string) (result, error) {
			return s.pluginNew(args[0], checkout)
		}),
	}
	c.Flags().StringVar(&checkout, "whimbrel", "", "`FOLDER` of whimbrel's source to build with, instead of a release")
	return c
}

// A newPluginPlan is what the templates are filled with.
type newPluginPlan struct {
	Name, Version string
	Checkout      string // absolute path of whimbrel's source, or empty
}

var pluginName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func (s *session) pluginNew(name, checkout string) (result, error) {
	if !pluginName.MatchString(name) {
		return nil, usage(fmt.Errorf("%q is no name of a plugin: it is lower case letters, digits and underscores, and begins with a letter", name))
	}
	plan := newPluginPlan{Name: name, Version: release}
	if checkout != "" {
		path, err := filepath.Abs(checkout)
		if err != nil {
			return nil, err
		}
		plan.Checkout = path
	}
	folder := pluginPrefix + name
	if _, err := os.Stat(filepath.Join(s.root(), folder)); err == nil {
		return nil, diag.Diagnostic{
			Code: "WH4070", Summary: "there is a " + folder + " already",
			Detail: "A new plugin gets a folder of its own.", Next: "choose another name, or remove the folder",
		}
	}
	files, err := s.writePlugin(folder, plan)
	return newPluginResult{Folder: folder, Files: files}, err
}

// writePlugin fills the templates and writes them.
func (s *session) writePlugin(folder string, plan newPluginPlan) ([]string, error) {
	var files []string
	err := fs.WalkDir(beginnings, "plugin_new", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fill(path, plan)
		if err != nil {
			return err
		}
		name := folder + strings.TrimSuffix(strings.TrimPrefix(path, "plugin_new"), ".tmpl")
		name = strings.Replace(name, "/gitignore", "/.gitignore", 1)
		if _, err := s.begin(beginFile{name, text}); err != nil {
			return err
		}
		files = append(files, name)
		return nil
	})
	return files, err
}

func fill(path string, plan newPluginPlan) (string, error) {
	text, err := beginnings.ReadFile(path)
	if err != nil {
		return "", err
	}
	parsed, err := template.New(path).Delims("<<", ">>").Parse(string(text))
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = parsed.Execute(&b, plan)
	return b.String(), err
}

type newPluginResult struct {
	Folder string   `json:"folder"`
	Files  []string `json:"files"`
}

func (r newPluginResult) print(p *printer) {
	for _, name := range r.Files {
		p.line("wrote %s", name)
	}
	if !p.quiet {
		p.line("\nNext: cd %s && go get -t . && go test", r.Folder)
	}
}
