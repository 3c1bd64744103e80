package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/diag"
)

func newValidate(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:     "validate",
		GroupID: groupModels,
		Short:   "Check models and migrations, without a database",
		RunE:    s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return validate(ctx, s) }),
	}
}

func validate(ctx context.Context, s *input.Session) (output.Result, error) {
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	inventory, err := p.Validate(ctx)
	if err != nil {
		return nil, err
	}
	return validateResult{Inventory: inventory}, nil
}

type validateResult struct {
	output.Deed
	project.Inventory
}

func (r validateResult) Print(p *output.Printer) {
	text := fmt.Sprintf("ok: %s, %s", diag.Plural(r.Models, "model"), diag.Plural(r.Migrations, "migration"))
	if r.Apps > 1 {
		text += fmt.Sprintf(" in %d apps", r.Apps)
	}
	p.Line("%s", text)
}
