package audit

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	contract "github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A logCommand is "whimbrel audit log" with its flags.
type logCommand struct {
	*input.Session
	target  input.Target
	query   auditlog.Query
	row     string
	context []string
	html    string
}

func newLog(s *input.Session) *cobra.Command {
	l := &logCommand{Session: s}
	c := &cobra.Command{
		Use:   "log [MODEL]",
		Short: "List changes, the newest first",
		Example: `  whimbrel audit log                                  # of all models
  whimbrel audit log pizza --row 42
  whimbrel audit log --since yesterday --by alice     # the database's user, or the actor of the context
  whimbrel audit log --context request=7f3a --operation delete`,
		Args: cobra.MaximumNArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return l.run(ctx, args) }),
	}
	l.target.AddFlags(c)
	flags := c.Flags()
	flags.StringVar(&l.row, "row", "", "primary `KEY` of one row: 42, id=42 or order=3,line=2")
	flags.StringVar(&l.query.Since, "since", "", "`TIME` or time ago: 2026-11-22, \"2026-11-22 10:15+01\", yesterday, 2h, 3d")
	flags.StringVar(&l.query.Until, "until", "", "`TIME` or time ago")
	flags.StringVar(&l.query.By, "by", "", "`USER` of the database, or actor in the context")
	flags.StringArrayVar(&l.context, "context", nil, "`KEY=VALUE` in the context (repeatable)")
	flags.StringVar(&l.query.Transaction, "transaction", "", "`XID` of one transaction")
	flags.StringArrayVar(&l.query.Operations, "operation", nil, "insert, update, delete, truncate or snapshot (repeatable)")
	flags.IntVar(&l.query.Limit, "limit", 50, "how many records at most; 0: all")
	addPageFlag(c, &l.html)
	return c
}

func (l *logCommand) run(ctx context.Context, args []string) (output.Result, error) {
	if err := l.check(args); err != nil {
		return nil, output.Usage(err)
	}
	d, err := open(ctx, l.Session, l.target)
	if err != nil {
		return nil, err
	}
	defer d.close()
	q := l.query
	if len(args) > 0 {
		if q.Models, err = d.model(ctx, args[0]); err != nil {
			return nil, err
		}
	}
	if l.row != "" {
		if q.Rows, err = d.Keys(ctx, q.Models, l.row); err != nil {
			return nil, err
		}
	}
	if q.Limit > 0 {
		q.Limit++ // to see whether there are more
	}
	found := &listing{records: d.Records(ctx, q), limit: l.query.Limit}
	if l.html == "" {
		return nil, l.Stream(found)
	}
	return found.page(l.subject(d.db.String(), args)).write(l.Path(l.html))
}

// subject says which records are shown.
func (l *logCommand) subject(database string, args []string) string {
	if len(args) == 0 {
		return database
	}
	return strings.TrimSpace(args[0] + " " + l.row)
}

// check reads the flags that can be wrong.
func (l *logCommand) check(args []string) error {
	if l.row != "" && len(args) == 0 {
		return fmt.Errorf("--row %s: name the model as well", l.row)
	}
	if err := checkTransaction(l.query.Transaction); l.query.Transaction != "" && err != nil {
		return err
	}
	for _, pair := range l.context {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return fmt.Errorf("--context %s: want KEY=VALUE", pair)
		}
		l.query.Context = append(l.query.Context, [2]string{key, value})
	}
	for i, name := range l.query.Operations {
		upper := strings.ToUpper(name)
		if !slices.Contains(contract.Operations(), upper) {
			return fmt.Errorf("--operation %s: want insert, update, delete, truncate or snapshot", name)
		}
		l.query.Operations[i] = upper
	}
	if l.query.Limit < 0 {
		return fmt.Errorf("--limit %d: want 0 or more", l.query.Limit)
	}
	return nil
}

// checkTransaction reports what is no number of a transaction.
func checkTransaction(text string) error {
	if _, err := strconv.ParseUint(text, 10, 64); err != nil {
		return fmt.Errorf("transaction %s: want its number, as whimbrel audit log shows it", text)
	}
	return nil
}
