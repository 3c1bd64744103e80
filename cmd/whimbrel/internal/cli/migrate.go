package cli

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A migrateCommand is "whimbrel migrate" with its flags.
type migrateCommand struct {
	*input.Session
	target   input.Target
	patience input.Patience
	allow    input.Allow
	to       string
	plan     bool
	fake     bool
}

func newMigrate(s *input.Session) *cobra.Command {
	m := &migrateCommand{Session: s}
	c := &cobra.Command{
		Use:     "migrate",
		Aliases: []string{"up", "apply"},
		GroupID: groupDatabase,
		Short:   "Apply migrations to a database",
		Long: `Apply the migrations that the database does not have yet. Only the SQL files are
needed, no plugin. With --to an earlier migration it goes back, as rollback does.`,
		Example: `  whimbrel migrate --url postgres://localhost/shop
  whimbrel migrate --plan                # what would be applied
  whimbrel migrate --to 20261122101500   # up to this one, or back to it`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return m.run(ctx) }),
	}
	m.target.AddFlags(c)
	m.patience.AddFlags(c)
	c.Flags().StringVar(&m.to, "to", "", "`ID` to stop at, or \"zero\"")
	c.Flags().BoolVar(&m.plan, "plan", false, "change nothing; print what would be done")
	c.Flags().BoolVar(&m.fake, "fake", false, "record only, run nothing: the changes are in the database already")
	m.allow.AddFlags(c, "`HAZARD[:ADDRESS]` that may be lost or locked (repeatable)")
	return c
}

func (m *migrateCommand) run(ctx context.Context) (output.Result, error) {
	if err := m.allow.Check(); err != nil {
		return nil, err
	}
	c, err := connect(ctx, m.Session, m.target)
	if err != nil {
		return nil, err
	}
	defer c.close()
	t := &trip{Session: m.Session, connection: c, allowed: m.allow.Allowances, fake: m.fake, plan: m.plan}
	if !m.plan {
		warnings, err := c.db.Warnings(ctx)
		if err != nil {
			return nil, err
		}
		m.Warn(warnings)
		if err := t.open(ctx, m.patience); err != nil {
			return nil, err
		}
		defer t.close()
	}
	way, problems, err := c.To(ctx, m.to, m.fake)
	if err != nil {
		return nil, err
	}
	m.Warn(problems)
	return t.run(ctx, way)
}
