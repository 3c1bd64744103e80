package audit

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// A rowCommand is "whimbrel audit row" with its flags.
type rowCommand struct {
	*input.Session
	target input.Target
	at     string
	html   string
}

func newRow(s *input.Session) *cobra.Command {
	r := &rowCommand{Session: s}
	c := &cobra.Command{
		Use:   "row MODEL KEY",
		Short: "Show the life of a row, the whole row at each step",
		Long: `Show the life of a row, the oldest change first, with the whole row after each. A row
is followed through changes of its primary key. What was not recorded, such as a
row that was there before the audit began, is shown as far as the log knows it.`,
		Example: `  whimbrel audit row pizza 42
  whimbrel audit row shop.line order=3,line=2 --at "2026-11-22 10:15"`,
		Args: cobra.ExactArgs(2),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return r.run(ctx, args[0], args[1]) }),
	}
	r.target.AddFlags(c)
	c.Flags().StringVar(&r.at, "at", "", "the row as it was at this `TIME`, or time ago")
	addPageFlag(c, &r.html)
	return c
}

func (r *rowCommand) run(ctx context.Context, model, key string) (output.Result, error) {
	d, err := open(ctx, r.Session, r.target)
	if err != nil {
		return nil, err
	}
	defer d.close()
	names, err := d.model(ctx, model)
	if err != nil {
		return nil, err
	}
	found, err := r.find(ctx, d, names, key)
	switch {
	case err != nil:
		return nil, err
	case found == nil:
		return nil, noRow(model, key)
	case r.html == "":
		return found, nil
	}
	return found.page().write(r.Path(r.html))
}

// find returns the life of a row, nil if there is none.
func (r *rowCommand) find(ctx context.Context, d *database, names []auditlog.Name, key string) (*life, error) {
	keys, err := d.Keys(ctx, names, key)
	if err != nil {
		return nil, err
	}
	records, err := d.Life(ctx, names, keys)
	if err != nil || len(records) == 0 {
		return nil, err
	}
	steps := auditlog.Steps(records)
	found := newLife(names[len(names)-1].Name, steps)
	if r.at == "" {
		return found, nil
	}
	newest, err := d.Newest(ctx, auditlog.Query{Models: names, Until: r.at})
	if err != nil {
		return nil, err
	}
	found.cut(auditlog.LastStep(steps, newest))
	return found, nil
}

func noRow(model, key string) error {
	return diag.Diagnostic{
		Code: "WH0152", Summary: fmt.Sprintf("the audit log has no row %s of %s", key, model),
		Detail: "No change of it is recorded.", Next: "see the last changes: whimbrel audit log " + model,
	}
}
