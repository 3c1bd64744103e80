package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A planCommand is "whimbrel plan" with its flags.
type planCommand struct {
	*input.Session
	answers input.Answers
	allow   input.Allow
	name    string
}

func newPlan(s *input.Session) *cobra.Command {
	p := &planCommand{Session: s}
	c := &cobra.Command{
		Use:     "plan",
		Aliases: []string{"diff"},
		GroupID: groupModels,
		Short:   "Print what make would write",
		Long:    "Print what make would write: the operations in their order, their hazards and their SQL.",
		RunE:    s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return p.run(ctx) }),
	}
	p.answers.AddFlags(c)
	s.AddPluginFlags(c)
	c.Flags().StringVarP(&p.name, "name", "n", "", "`NAME` of the migration (default: what it does)")
	p.allow.AddFlags(c, "`HAZARD[:ADDRESS]` that is meant (repeatable)")
	return c
}

func (p *planCommand) run(ctx context.Context) (output.Result, error) {
	if err := p.allow.Check(); err != nil {
		return nil, err
	}
	opened, err := p.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	plan, err := opened.Plan(ctx, p.answers.Options(p.Session, p.name))
	if err != nil {
		return nil, err
	}
	found, err := output.NewMigrations(plan, p.allow.Allowances, true)
	if err != nil {
		return nil, err
	}
	found.ShowSQL = true
	return found, nil
}
