package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newInit(s *input.Session) *cobra.Command {
	app := ""
	c := &cobra.Command{
		Use:     "init",
		GroupID: groupModels,
		Short:   "Begin a project: whimbrel.hcl, models/, migrations/",
		Example: "  whimbrel init --app shop",
		RunE: s.Run(func(context.Context, []string) (output.Result, error) {
			begun, err := project.Begin(s.Root(), app)
			if err != nil {
				return nil, err
			}
			return initResult{Beginning: begun}, nil
		}),
	}
	c.Flags().StringVar(&app, "app", "", "`NAME` of the app (default: the folder's name)")
	return c
}

type initResult struct {
	output.Deed
	project.Beginning
}

func (r initResult) Print(p *output.Printer) {
	for _, name := range r.Files {
		p.Line("wrote %s", name)
	}
	p.Next("declare a model in models/, then run: whimbrel make")
}
