package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newRepair(s *session) *cobra.Command {
	var t target
	var r running
	applied, reverted := "", ""
	c := &cobra.Command{
		Use:     "repair",
		GroupID: groupDatabase,
		Short:   "Record how an interrupted operation ended",
		Long: `Record how an operation ended that runs outside a transaction and was interrupted,
so that nobody knows. Look in the database first; nothing is run.`,
		Example: `  whimbrel repair --mark-applied 20261122101500_orders_index:3`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) {
			return s.repair(ctx, t, r, applied, reverted)
		}),
	}
	t.addFlags(c)
	r.addFlags(c)
	c.Flags().StringVar(&applied, "mark-applied", "", "`ID:OPERATION` that is in effect")
	c.Flags().StringVar(&reverted, "mark-reverted", "", "`ID:OPERATION` that is not in effect")
	c.MarkFlagsMutuallyExclusive("mark-applied", "mark-reverted")
	c.MarkFlagsOneRequired("mark-applied", "mark-reverted")
	return c
}

func (s *session) repair(ctx context.Context, t target, r running, applied, reverted string) (output.Result, error) {
	name, text, _ := strings.Cut(applied+reverted, ":")
	number, err := strconv.Atoi(text)
	if err != nil {
		return nil, output.Usage(errors.New("want ID:OPERATION, such as 20261122101500_orders_index:3"))
	}
	c, err := s.connect(ctx, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	m, err := c.history.find(name)
	if err != nil {
		return nil, err
	}
	executor, err := r.open(ctx, s, c.db)
	if err != nil {
		return nil, err
	}
	defer func() { _ = executor.Close() }() // the server releases the lock with the connection
	for _, script := range c.scripts {
		if script.ID == m.ID {
			err = executor.Settle(ctx, script, number, applied != "")
		}
	}
	return repairResult{ID: m.ID, Operation: number, Applied: applied != ""}, err
}

type repairResult struct {
	ID        string `json:"id"`
	Operation int    `json:"operation"`
	Applied   bool   `json:"applied"`
}

func (r repairResult) Print(p *output.Printer) {
	what := "not in effect"
	if r.Applied {
		what = "in effect"
	}
	p.Line("%s", fmt.Sprintf("recorded: operation %d of %s is %s", r.Operation, r.ID, what))
	if !p.Quiet {
		p.Line("\nNext: whimbrel migrate")
	}
}
