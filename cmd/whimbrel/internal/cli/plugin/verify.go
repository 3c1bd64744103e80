package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/plugins"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newPluginVerify(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check the plugins of the project against the lock file",
		RunE:  s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return s.pluginVerify(ctx) }),
	}
}

// pluginVerify opens the plugins, which refuses what the lock does not pin.
func (s *session) pluginVerify(ctx context.Context) (output.Result, error) {
	list, err := s.pluginList(ctx)
	if err != nil {
		return nil, err
	}
	lock, _, err := plugins.ReadLock(s.Root())
	if err == nil {
		err = lock.Check().Err()
	}
	if err != nil {
		return nil, err
	}
	return verifyResult{list.(pluginList)}, nil
}

type verifyResult struct{ pluginList }

func (r verifyResult) Print(p *output.Printer) {
	var rows [][]string
	for _, entry := range r.Plugins {
		rows = append(rows, []string{p.Green("ok"), entry.Name, entry.Version, entry.From})
	}
	p.Table("", rows)
}
