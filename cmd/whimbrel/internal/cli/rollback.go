package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A rollbackCommand is "whimbrel rollback" with its flags.
type rollbackCommand struct {
	*session
	target  target
	running running
	allow   allowances
	to      string
	steps   int
	plan    bool
}

func newRollback(s *session) *cobra.Command {
	r := &rollbackCommand{session: s}
	c := &cobra.Command{
		Use:     "rollback",
		Aliases: []string{"down"},
		GroupID: groupDatabase,
		Short:   "Undo applied migrations: the last one, or more",
		Long: `Undo applied migrations, the last one first. Before anything is changed, the
database is asked whether rows or values would be lost; if so, nothing is done
(exit 3) until --allow data_loss names them. For more than one migration the way
back is rehearsed, in a transaction that is taken back: each is judged by the
database as it is when its turn comes.`,
		Example: `  whimbrel rollback                              # the last one
  whimbrel rollback --to 20261122101500          # all that came after it
  whimbrel rollback --to zero --allow data_loss  # everything, rows included`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return r.run(ctx) }),
	}
	r.target.addFlags(c)
	r.running.addFlags(c)
	c.Flags().StringVar(&r.to, "to", "", "`ID` to go back to, which stays applied, or \"zero\"")
	c.Flags().IntVar(&r.steps, "steps", 1, "how many migrations to undo")
	c.Flags().BoolVar(&r.plan, "plan", false, "change nothing; print what would be done")
	c.Flags().StringArrayVar((*[]string)(&r.allow), "allow", nil, "`data_loss[:ADDRESS]` that may be lost (repeatable)")
	c.MarkFlagsMutuallyExclusive("to", "steps")
	return c
}

func (r *rollbackCommand) run(ctx context.Context) (output.Result, error) {
	if err := r.allow.check(); err != nil {
		return nil, err
	}
	if r.steps < 1 {
		return nil, output.Usage(fmt.Errorf("--steps %d: want 1 or more", r.steps))
	}
	c, err := r.connect(ctx, r.target)
	if err != nil {
		return nil, err
	}
	defer c.close()
	b := &back{session: r.session, connection: c, allow: r.allow, plan: r.plan}
	if !r.plan {
		b.executor, err = r.running.open(ctx, r.session, c.db)
		if err != nil {
			return nil, err
		}
		defer func() { _ = b.executor.Close() }() // the server releases the lock with the connection
	}
	chosen, err := r.choose(ctx, b)
	if err != nil {
		return nil, err
	}
	return b.roll(ctx, chosen)
}

// choose returns the applied migrations to undo, in the order in which they were
// applied.
func (r *rollbackCommand) choose(ctx context.Context, b *back) ([]postgres.Applied, error) {
	applied, err := b.appliedOrBegun(ctx)
	if err != nil {
		return nil, err
	}
	switch r.to {
	case "":
		return applied[max(0, len(applied)-r.steps):], nil
	case zero:
		return applied, nil
	}
	aim, err := b.history.find(r.to)
	if err != nil {
		return nil, err
	}
	if !contains(applied, aim.ID) {
		return nil, errors.New("migration " + aim.ID + " is not applied, so there is no way back to it")
	}
	return b.after(ctx, applied, aim.ID)
}
