package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

func newRepair(s *input.Session) *cobra.Command {
	var t input.Target
	var patience input.Patience
	applied, reverted := "", ""
	c := &cobra.Command{
		Use:     "repair",
		GroupID: groupDatabase,
		Short:   "Record how an interrupted operation ended",
		Long: `Record how an operation ended that runs outside a transaction and was interrupted,
so that nobody knows. Look in the database first; nothing is run.`,
		Example: `  whimbrel repair --mark-applied 20261122101500_orders_index:3`,
		RunE: s.Run(func(ctx context.Context, _ []string) (output.Result, error) {
			return repair(ctx, s, t, patience, applied, reverted)
		}),
	}
	t.AddFlags(c)
	patience.AddFlags(c)
	c.Flags().StringVar(&applied, "mark-applied", "", "`ID:OPERATION` that is in effect")
	c.Flags().StringVar(&reverted, "mark-reverted", "", "`ID:OPERATION` that is not in effect")
	c.MarkFlagsMutuallyExclusive("mark-applied", "mark-reverted")
	c.MarkFlagsOneRequired("mark-applied", "mark-reverted")
	return c
}

func repair(ctx context.Context, s *input.Session, t input.Target, patience input.Patience, applied, reverted string) (output.Result, error) {
	name, text, _ := strings.Cut(applied+reverted, ":")
	number, err := strconv.Atoi(text)
	if err != nil {
		return nil, output.Usage(errors.New("want ID:OPERATION, such as 20261122101500_orders_index:3"))
	}
	c, err := connect(ctx, s, t)
	if err != nil {
		return nil, err
	}
	defer c.close()
	m, err := c.History().Find(name)
	if err != nil {
		return nil, err
	}
	executor, err := patience.Open(ctx, s, c.db)
	if err != nil {
		return nil, err
	}
	defer func() { _ = executor.Close() }() // the server releases the lock with the connection
	err = executor.Settle(ctx, c.Script(m.ID), number, applied != "")
	return repairResult{ID: m.ID, Operation: number, Applied: applied != ""}, err
}

type repairResult struct {
	output.Deed
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
	p.Next("whimbrel migrate")
}
