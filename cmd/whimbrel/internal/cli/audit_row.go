package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An auditRowCommand is "whimbrel audit row" with its flags.
type auditRowCommand struct {
	*input.Session
	target input.Target
	at     string
	html   string
}

func newAuditRow(s *input.Session) *cobra.Command {
	r := &auditRowCommand{Session: s}
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

func (r *auditRowCommand) run(ctx context.Context, model, key string) (output.Result, error) {
	a, err := openAudit(ctx, r.Session, r.target)
	if err != nil {
		return nil, err
	}
	defer a.close()
	names, err := a.model(ctx, model)
	if err != nil {
		return nil, err
	}
	keys, err := a.keys(ctx, names, key)
	if err != nil {
		return nil, err
	}
	records, err := a.life(ctx, names, keys)
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, noRow(model, key)
	}
	found := newAuditRowResult(names[len(names)-1].Name, records)
	if r.at == "" {
		return r.show(found)
	}
	last, err := a.db.AuditRecords(ctx, postgres.AuditQuery{Models: names, Until: r.at, Limit: 1})
	if err != nil {
		return nil, err
	}
	found.cut(last)
	return r.show(found)
}

// show returns what is printed, or writes the page.
func (r *auditRowCommand) show(found *auditRowResult) (output.Result, error) {
	if r.html == "" {
		return found, nil
	}
	return found.page().write(r.Path(r.html))
}

func noRow(model, key string) error {
	return diag.Diagnostic{
		Code: "WH0152", Summary: fmt.Sprintf("the audit log has no row %s of %s", key, model),
		Detail: "No change of it is recorded.", Next: "see the last changes: whimbrel audit log " + model,
	}
}
