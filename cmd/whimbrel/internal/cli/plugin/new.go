package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newPluginNew(s *session) *cobra.Command {
	var asked newPluginPlan
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Begin a plugin: its source, a test, models to test it with and a workflow that releases it",
		Example: `  whimbrel plugin new fillfactor
  whimbrel plugin new fillfactor --lang python
  whimbrel plugin new fillfactor --whimbrel ../whimbrel`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			asked.Name = args[0]
			return s.pluginNew(ctx, asked)
		}),
	}
	c.Flags().StringVarP(&asked.Language, "lang", "l", "go", "`LANGUAGE` of the plugin: "+strings.Join(pluginLanguages, " or "))
	c.Flags().StringVar(&asked.Checkout, "whimbrel", "", "`FOLDER` of whimbrel's source to build with, instead of a release; only for go")
	return c
}

// A newPluginPlan is what the templates are filled with.
type newPluginPlan struct {
	Name, Version string
	Language      string
	Checkout      string // absolute path of whimbrel's source, or empty
}

var pluginLanguages = []string{"go", "python"}

var pluginName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func (s *session) pluginNew(ctx context.Context, plan newPluginPlan) (output.Result, error) {
	if err := plan.check(); err != nil {
		return nil, output.Usage(err)
	}
	if taken, err := isWord(ctx, plan.Name); err != nil {
		return nil, err
	} else if taken {
		return nil, output.Usage(fmt.Errorf("%q is a word of the model language", plan.Name))
	}
	plan.Version = release
	if plan.Checkout != "" {
		path, err := filepath.Abs(plan.Checkout)
		if err != nil {
			return nil, err
		}
		plan.Checkout = path
	}
	folder := pluginPrefix + plan.Name
	if _, err := os.Lstat(filepath.Join(s.Root(), folder)); err == nil {
		return nil, diag.Diagnostic{
			Code: "WH4070", Summary: "there is a " + folder + " already",
			Detail: "A new plugin gets a folder of its own.", Next: "choose another name, or remove the folder",
		}
	}
	files, err := s.writePlugin(folder, plan)
	return newPluginResult{Folder: folder, Files: files, Language: plan.Language}, err
}

// check returns what cannot be begun.
func (plan newPluginPlan) check() error {
	switch {
	case !pluginName.MatchString(plan.Name):
		return fmt.Errorf("%q is no name of a plugin: it is lower case letters, digits and underscores, and begins with a letter", plan.Name)
	case detectorOf(firstParty(), plan.Name) != nil:
		return fmt.Errorf("%q is a plugin of whimbrel's own", plan.Name)
	case !slices.Contains(pluginLanguages, plan.Language):
		return fmt.Errorf("there is no plugin to begin with in %q: --lang is %s", plan.Language, strings.Join(pluginLanguages, " or "))
	case plan.Checkout != "" && plan.Language != "go":
		return fmt.Errorf("--whimbrel is for plugins in go: one in %s brings what it needs", plan.Language)
	}
	return nil
}

// isWord reports whether models have an argument or block of a name already, as
// the source of models sees it.
func isWord(ctx context.Context, name string) (bool, error) {
	root, err := os.MkdirTemp("", "whimbrel-new-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(root)
	manifest := &detect.Manifest{Name: name, Options: []detect.Option{{Name: name, On: detect.OnModel}}}
	_, found, err := hcl.New(source.Project{Root: root}, append(manifests(builtin.Detectors()), manifest)).Read(ctx)
	return found.HasErrors(), err
}

type newPluginResult struct {
	Folder   string   `json:"folder"`
	Language string   `json:"language"`
	Files    []string `json:"files"`
}

func (r newPluginResult) Print(p *output.Printer) {
	for _, name := range r.Files {
		p.Line("wrote %s", name)
	}
	if p.Quiet {
		return
	}
	next := map[string]string{"go": "go get -t . && go test", "python": "./test_plugin.py"}
	p.Line("\nNext: cd %s && %s", r.Folder, next[r.Language])
}
