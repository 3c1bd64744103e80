package plugin

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newCache(s *input.Session) *cobra.Command {
	c := &cobra.Command{
		Use:   "cache",
		Short: "What is kept of plugins: manifests and answers",
		Args:  cobra.ArbitraryArgs,
		RunE:  input.UnknownCommand,
	}
	c.AddCommand(&cobra.Command{
		Use:   "clear",
		Short: "Forget the manifests and answers of plugins",
		RunE: s.Run(func(context.Context, []string) (output.Result, error) {
			if err := plugins.ClearCache(""); err != nil {
				return nil, fmt.Errorf("clearing the cache of plugins: %w", err)
			}
			return cacheResult{Cleared: true}, nil
		}),
	})
	return c
}

type cacheResult struct {
	output.Deed
	Cleared bool `json:"cleared"`
}

func (r cacheResult) Print(p *output.Printer) { p.Line("forgot the manifests and answers of plugins") }
