package plugin

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newNew(s *input.Session) *cobra.Command {
	var asked seed
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Begin a plugin: its source, a test, models to test it with and a workflow that releases it",
		Example: `  whimbrel plugin new fillfactor
  whimbrel plugin new fillfactor --lang python
  whimbrel plugin new peak --kind block
  whimbrel plugin new fillfactor --whimbrel ../whimbrel`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			asked.Name = args[0]
			return begin(ctx, s, asked)
		}),
	}
	c.Flags().StringVarP(&asked.Language, "lang", "l", "go", "`LANGUAGE` of the plugin: "+strings.Join(languages, " or "))
	c.Flags().StringVar(&asked.Kind, "kind", "option", "`KIND` of plugin: one that adds an option to models, or a block to the top of model files")
	c.Flags().StringVar(&asked.Checkout, "whimbrel", "", "`FOLDER` of whimbrel's source to build with, instead of a release; only for go")
	return c
}

// A seed is what the templates are filled with.
type seed struct {
	Name, Version string
	Language      string
	Kind          string // of plugin: one of kinds
	Checkout      string // absolute path of whimbrel's source, or empty
}

var languages = []string{"go", "python"}

var kinds = []string{"option", "block"}

func begin(ctx context.Context, s *input.Session, plan seed) (output.Result, error) {
	if err := plan.check(s); err != nil {
		return nil, output.Usage(err)
	}
	if taken, err := project.IsWord(ctx, plan.Name); err != nil {
		return nil, err
	} else if taken {
		return nil, output.Usage(fmt.Errorf("%q is a word of the model language", plan.Name))
	}
	plan.Version = s.Release
	if plan.Checkout != "" {
		path, err := filepath.Abs(plan.Checkout)
		if err != nil {
			return nil, err
		}
		plan.Checkout = path
	}
	folder := prefix + plan.Name
	if _, err := os.Lstat(filepath.Join(s.Root(), folder)); err == nil {
		return nil, diag.Diagnostic{
			Code: "WH4070", Summary: "there is a " + folder + " already",
			Detail: "A new plugin gets a folder of its own.", Next: "choose another name, or remove the folder",
		}
	}
	files, err := plan.write(s.Root(), folder)
	return newResult{Folder: folder, Files: files, Language: plan.Language}, err
}

// check returns what cannot be begun.
func (plan seed) check(s *input.Session) error {
	switch {
	case !plugins.ValidName(plan.Name):
		return fmt.Errorf("%q is no name of a plugin: it is lower case letters, digits and underscores, and begins with a letter", plan.Name)
	case linked(s, plan.Name) != nil:
		return fmt.Errorf("%q is a plugin of whimbrel's own", plan.Name)
	case !slices.Contains(languages, plan.Language):
		return fmt.Errorf("there is no plugin to begin with in %q: --lang is %s", plan.Language, strings.Join(languages, " or "))
	case !slices.Contains(kinds, plan.Kind):
		return fmt.Errorf("there is no plugin to begin with that adds a %q: --kind is %s", plan.Kind, strings.Join(kinds, " or "))
	case plan.Checkout != "" && plan.Language != "go":
		return fmt.Errorf("--whimbrel is for plugins in go: one in %s brings what it needs", plan.Language)
	}
	return nil
}

type newResult struct {
	output.Deed
	Folder   string   `json:"folder"`
	Language string   `json:"language"`
	Files    []string `json:"files"`
}

func (r newResult) Print(p *output.Printer) {
	for _, name := range r.Files {
		p.Line("wrote %s", name)
	}
	next := map[string]string{"go": "go get -t . && go test", "python": "./test_plugin.py"}
	p.Next("cd %s && %s", r.Folder, next[r.Language])
}
