package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newPlan(s *session) *cobra.Command {
	p := &planning{session: s}
	var allow allowances
	c := &cobra.Command{
		Use:     "plan",
		Aliases: []string{"diff"},
		GroupID: groupModels,
		Short:   "Print what make would write",
		Long:    "Print what make would write: the operations in their order, their hazards and their SQL.",
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) {
			return s.plan(ctx, p, allow)
		}),
	}
	p.answers.addFlags(c)
	s.addPluginFlags(c)
	c.Flags().StringVarP(&p.name, "name", "n", "", "`NAME` of the migration (default: what it does)")
	c.Flags().StringArrayVar((*[]string)(&allow), "allow", nil, "`HAZARD[:ADDRESS]` that is meant (repeatable)")
	return c
}

func (s *session) plan(ctx context.Context, p *planning, allow allowances) (output.Result, error) {
	if err := allow.check(); err != nil {
		return nil, err
	}
	project, err := s.readProject()
	if err != nil {
		return nil, err
	}
	p.project = project
	if err := p.run(ctx); err != nil {
		return nil, err
	}
	found, err := newMakeResult(p.made, p.history, allow, true)
	if err != nil {
		return nil, err
	}
	found.showSQL = true
	return found, nil
}
