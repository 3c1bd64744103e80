package plugin

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newAdd(s *input.Session) *cobra.Command {
	return &cobra.Command{
		Use:   "add NAME [EXECUTABLE]",
		Short: "Enable a plugin in " + projectFile + " and pin its executable",
		Example: `  whimbrel plugin add policies
  whimbrel plugin add fillfactor ./bin/whimbrel-plugin-fillfactor`,
		Args: cobra.RangeArgs(1, 2),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) {
			return add(ctx, s, args[0], append(args, "")[1])
		}),
	}
}

func add(ctx context.Context, s *input.Session, name, executable string) (output.Result, error) {
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	lock, err := p.Enable(ctx, name, executable)
	if err != nil {
		return nil, err
	}
	return addResult{Plugin: name, lockResult: newLockResult(lock)}, nil
}

type addResult struct {
	Plugin string `json:"plugin"`
	lockResult
}

func (r addResult) Print(p *output.Printer) {
	p.Line("added plugin %q to %s", r.Plugin, projectFile)
	r.lockResult.Print(p)
}
