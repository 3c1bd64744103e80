package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// A rollbackCommand is "whimbrel rollback" with its flags.
type rollbackCommand struct {
	*input.Session
	target   input.Target
	patience input.Patience
	allow    input.Allow
	to       string
	steps    int // 0: the last change
	plan     bool
	counted  func() bool // --steps is given
}

func newRollback(s *input.Session) *cobra.Command {
	r := &rollbackCommand{Session: s}
	c := &cobra.Command{
		Use:     "rollback",
		Aliases: []string{"down"},
		GroupID: groupDatabase,
		Short:   "Undo applied migrations: the last one, or more",
		Long: `Undo applied migrations, the last one first. Several into which make had to divide
one change of the models are undone together, unless --steps counts them. Before anything is changed, the
database is asked whether rows or values would be lost; if so, nothing is done
(exit 3) until --allow data_loss names them. For more than one migration the way
back is rehearsed, in a transaction that is taken back: each is judged by the
database as it is when its turn comes, and where one would fail, nothing is done
either, whatever is allowed. A table that is dropped on the same way and whose rows
may be lost is emptied where they would be in the way.`,
		Example: `  whimbrel rollback                              # the last one
  whimbrel rollback --to 20261122101500          # all that came after it
  whimbrel rollback --to zero --allow data_loss  # everything, rows included`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) { return r.run(ctx) }),
	}
	r.counted = func() bool { return c.Flags().Changed("steps") }
	r.target.AddFlags(c)
	r.patience.AddFlags(c)
	c.Flags().StringVar(&r.to, "to", "", "`ID` to go back to, which stays applied, or \"zero\"")
	c.Flags().IntVar(&r.steps, "steps", 0, "how many migrations to undo; without it, those of the last change")
	c.Flags().BoolVar(&r.plan, "plan", false, "change nothing; print what would be done")
	r.allow.AddFlags(c, "`data_loss[:ADDRESS]` that may be lost (repeatable)")
	c.MarkFlagsMutuallyExclusive("to", "steps")
	return c
}

func (r *rollbackCommand) run(ctx context.Context) (output.Result, error) {
	if err := r.allow.Check(); err != nil {
		return nil, err
	}
	if r.counted() && r.steps < 1 {
		return nil, output.Usage(fmt.Errorf("--steps %d: want 1 or more", r.steps))
	}
	c, err := connect(ctx, r.Session, r.target)
	if err != nil {
		return nil, err
	}
	defer c.close()
	t := &trip{Session: r.Session, connection: c, allowed: r.allow.Allowances, plan: r.plan}
	if !r.plan {
		if err := t.open(ctx, r.patience); err != nil {
			return nil, err
		}
		defer t.close()
	}
	way, err := r.way(ctx, c)
	if err != nil {
		return nil, err
	}
	if r.to == "" {
		if err := r.tellPending(ctx, c); err != nil {
			return nil, err
		}
	}
	if id := way.Leaves(); id != "" {
		r.Talk("%s is the other part of the same change and stays applied: whimbrel rollback", id)
	}
	return t.run(ctx, way)
}

// tellPending tells of migrations that are not applied: whoever comes from one that
// failed may mean that one.
func (r *rollbackCommand) tellPending(ctx context.Context, c *connection) error {
	list, _, err := c.Status(ctx)
	if err != nil {
		return err
	}
	var pending []string
	for _, m := range list {
		if m.State == runner.IsPending {
			pending = append(pending, m.ID)
		}
	}
	switch len(pending) {
	case 0:
	case 1:
		r.Talk("passing over %s, which is not applied", pending[0])
	default:
		r.Talk("passing over %s and what comes after it, which are not applied", pending[0])
	}
	return nil
}

func (r *rollbackCommand) way(ctx context.Context, c *connection) (runner.Way, error) {
	switch {
	case r.to != "":
		return c.BackTo(ctx, r.to)
	case r.counted():
		return c.Back(ctx, r.steps)
	}
	return c.BackChange(ctx)
}
