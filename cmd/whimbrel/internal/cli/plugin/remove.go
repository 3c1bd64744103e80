package plugin

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newRemove(s *input.Session) *cobra.Command {
	dryRun := false
	c := &cobra.Command{
		Use:   "remove NAME",
		Short: "Give a plugin up: write the migration that drops what it made, and disable it",
		Long: `Give a plugin up: write the migration that drops what it made, and take it out of
` + projectFile + ` and ` + plugins.LockFile + `. The plugin is asked how. Where its executable is
gone, what it made is dropped by the SQL of the migrations that made it. Like make,
it writes what else has changed in the models too.`,
		Example: `  whimbrel plugin remove policies
  whimbrel plugin remove policies --dry-run   # see the SQL first`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return remove(ctx, s, args[0], dryRun)
		}),
	}
	c.Flags().BoolVar(&dryRun, "dry-run", false, "write nothing; print what would be written")
	return c
}

func remove(ctx context.Context, s *input.Session, name string, dryRun bool) (output.Result, error) {
	options := s.Options()
	options.Retire = name
	p, err := project.Open(ctx, s.Root(), options)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	var answers input.Answers // a person may be asked
	plan, err := p.Plan(ctx, answers.Options(s, migration.Slug("remove_"+name)))
	if err != nil {
		return nil, err
	}
	made, err := output.NewMigrations(plan, nil, dryRun || s.Format == output.JSON)
	if err != nil {
		return nil, err
	}
	made.ShowSQL = dryRun
	found := &removeResult{Plugin: name, Migrations: made}
	if dryRun {
		return found, nil
	}
	files, err := plan.Write(ctx)
	if err != nil {
		return nil, err
	}
	made.Written = append(made.Written, files...)
	found.Disabled, err = p.Disable()
	return found, err
}

type removeResult struct {
	Plugin   string `json:"plugin"`
	Disabled bool   `json:"disabled"`
	*output.Migrations
}

// Done reports whether the plugin is gone, and not only what would become of it shown.
func (r *removeResult) Done() bool { return r.Migrations.Done() }

func (r *removeResult) Print(p *output.Printer) {
	r.Migrations.Print(p)
	if r.Disabled {
		p.Line("took plugin %q out of %s", r.Plugin, projectFile)
	}
}
