package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A migrateCommand is "whimbrel migrate" with its flags.
type migrateCommand struct {
	*session
	target  target
	running running
	allow   allowances
	to      string
	plan    bool
	fake    bool
}

func newMigrate(s *session) *cobra.Command {
	m := &migrateCommand{session: s}
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
	m.target.addFlags(c)
	m.running.addFlags(c)
	c.Flags().StringVar(&m.to, "to", "", "`ID` to stop at, or \"zero\"")
	c.Flags().BoolVar(&m.plan, "plan", false, "change nothing; print what would be done")
	c.Flags().BoolVar(&m.fake, "fake", false, "record only, run nothing: the changes are in the database already")
	c.Flags().StringArrayVar((*[]string)(&m.allow), "allow", nil, "`HAZARD[:ADDRESS]` that may be lost or locked (repeatable)")
	return c
}

func (m *migrateCommand) run(ctx context.Context) (output.Result, error) {
	if err := m.allow.check(); err != nil {
		return nil, err
	}
	c, err := m.connect(ctx, m.target)
	if err != nil {
		return nil, err
	}
	defer c.close()
	b := &back{session: m.session, connection: c, allow: m.allow, fake: m.fake, plan: m.plan}
	if m.plan {
		return m.choose(ctx, b)
	}
	warnings, err := c.db.Warnings(ctx)
	if err != nil {
		return nil, err
	}
	m.Warn(warnings)
	b.executor, err = m.running.open(ctx, m.session, c.db)
	if err != nil {
		return nil, err
	}
	defer func() { _ = b.executor.Close() }() // the server releases the lock with the connection
	return m.choose(ctx, b)
}

// choose finds out what to do and does it, forwards or back.
func (m *migrateCommand) choose(ctx context.Context, b *back) (output.Result, error) {
	applied, err := b.db.Applied(ctx)
	if err != nil {
		return nil, err
	}
	if m.to == zero {
		return b.roll(ctx, applied)
	}
	pending, problems := postgres.Compare(applied, b.scripts)
	if m.to != "" {
		aim, err := b.history.find(m.to)
		if err != nil {
			return nil, err
		}
		if contains(applied, aim.ID) {
			later, err := b.after(ctx, applied, aim.ID)
			if err != nil {
				return nil, err
			}
			return b.roll(ctx, later)
		}
		pending = m.upTo(b, pending, aim.ID)
		if m.fake {
			problems = nil // recording what is in the database is how some of them are solved
		}
	}
	if problems.HasErrors() {
		return nil, problems
	}
	m.Warn(problems)
	return m.forward(ctx, b, pending)
}

// upTo returns the scripts that a migration builds on, itself included.
func (m *migrateCommand) upTo(b *back, pending []postgres.Script, id string) []postgres.Script {
	wanted := map[string]bool{}
	for _, a := range b.history.graph.Ancestors(id) {
		wanted[a.ID] = true
	}
	var chosen []postgres.Script
	for _, s := range pending {
		if wanted[s.ID] {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

// forward applies scripts.
func (m *migrateCommand) forward(ctx context.Context, b *back, pending []postgres.Script) (output.Result, error) {
	done := newRunResult(b.db, postgres.Up, m.plan, m.fake)
	for _, s := range pending {
		started := time.Now()
		if err := m.apply(ctx, b, s); err != nil {
			return done.fail(err)
		}
		done.add(b.parsed[s.ID], s, time.Since(started))
	}
	return done, nil
}

func (m *migrateCommand) apply(ctx context.Context, b *back, s postgres.Script) error {
	switch {
	case m.plan:
		return nil
	case m.fake:
		return b.executor.Fake(ctx, s, postgres.Up)
	}
	return b.executor.Apply(ctx, s, m.Progress(len(s.Steps)))
}

// zero is the target before the first migration.
const zero = "zero"

func contains(applied []postgres.Applied, id string) bool {
	for _, a := range applied {
		if a.ID == id {
			return true
		}
	}
	return false
}

// Running are the flags of commands that change a database.
type running struct {
	wait        time.Duration
	lockTimeout time.Duration
}

func (r *running) addFlags(c *cobra.Command) {
	c.Flags().DurationVar(&r.wait, "wait", 0, "how long to wait for another whimbrel on this database (exit 5)")
	c.Flags().DurationVar(&r.lockTimeout, "lock-timeout", 3*time.Second, "how long a statement waits for locks before it is tried again")
}

// open takes the lock of the database.
func (r running) open(ctx context.Context, s *session, db *postgres.Database) (*postgres.Executor, error) {
	told := false
	return postgres.Open(ctx, db, postgres.Options{
		Version: release, LockTimeout: r.lockTimeout, Wait: r.wait,
		Waiting: func(holder postgres.Session) {
			if !told {
				s.Talk("waiting for %s", holder)
				told = true
			}
		},
	})
}
