package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/plugins"
)

func newPluginVerify(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Check the plugins of the project against the lock file",
		RunE:  s.runE(func(ctx context.Context, _ []string) (result, error) { return s.pluginVerify(ctx) }),
	}
}

// pluginVerify opens the plugins, which refuses what the lock does not pin.
func (s *session) pluginVerify(ctx context.Context) (result, error) {
	list, err := s.pluginList(ctx)
	if err != nil {
		return nil, err
	}
	lock, _, err := plugins.ReadLock(s.root())
	if err == nil {
		err = lock.Check().Err()
	}
	if err != nil {
		return nil, err
	}
	return verifyResult{list.(pluginList)}, nil
}

type verifyResult struct{ pluginList }

func (r verifyResult) print(p *printer) {
	var rows [][]string
	for _, entry := range r.Plugins {
		rows = append(rows, []string{p.green("ok"), entry.Name, entry.Version, entry.From})
	}
	p.table("", rows)
}
