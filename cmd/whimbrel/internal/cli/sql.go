package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/runner"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

func newSQL(s *input.Session) *cobra.Command {
	down := false
	c := &cobra.Command{
		Use:               "sql ID",
		Aliases:           []string{"sqlmigrate"},
		GroupID:           groupModels,
		Short:             "Print the SQL of a migration as it is run",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeIDs(s),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return printSQL(ctx, s, args[0], down)
		}),
	}
	c.Flags().BoolVar(&down, "down", false, "the way back")
	return c
}

func printSQL(ctx context.Context, s *input.Session, name string, down bool) (output.Result, error) {
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	h, err := p.Scripts(ctx)
	if err != nil {
		return nil, err
	}
	m, err := h.Find(name)
	if err != nil {
		return nil, err
	}
	script, err := h.Script(m)
	if err != nil {
		return nil, err
	}
	return sqlResult{ID: m.ID, App: m.App, Down: down, SQL: runner.Text(script, down)}, nil
}

type sqlResult struct {
	ID   string `json:"id"`
	App  string `json:"app"`
	Down bool   `json:"down,omitempty"`
	SQL  string `json:"sql"`
}

func (r sqlResult) Print(p *output.Printer) {
	p.Line("%s", sqltext.Visible(strings.TrimRight(r.SQL, "\n")))
}

// completeIDs offers the IDs of migrations to the shell.
func completeIDs(s *input.Session) func(c *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	return func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return ids(c.Context(), s), cobra.ShellCompDirectiveNoFileComp
	}
}

// ids returns the IDs of migrations, as far as they can be read.
func ids(ctx context.Context, s *input.Session) []string {
	p, err := s.Open(ctx)
	if err != nil {
		return nil
	}
	defer p.Close()
	h, _, err := migration.ReadScripts(p.Folders()...)
	if err != nil {
		return nil
	}
	var list []string
	for _, m := range h.Migrations() {
		list = append(list, m.ID)
	}
	return list
}
