package plugin

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newVerify(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check the plugins of the project against the lock file",
		RunE:  s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return verify(ctx, s) }),
	}
}

func verify(ctx context.Context, s *input.Session) (output.Result, error) {
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	if err := p.Verify(ctx); err != nil {
		return nil, err
	}
	list, err := newListResult(ctx, p)
	if err != nil {
		return nil, err
	}
	return verifyResult{listResult: list}, nil
}

type verifyResult struct {
	output.Deed
	listResult
}

func (r verifyResult) Print(p *output.Printer) {
	var rows [][]string
	for _, e := range r.Plugins {
		rows = append(rows, []string{p.Green("ok"), e.Name, e.Version, e.From})
	}
	p.Table("", rows)
}
