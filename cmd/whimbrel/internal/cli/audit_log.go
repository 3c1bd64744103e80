package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An auditLogCommand is "whimbrel audit log" with its flags.
type auditLogCommand struct {
	*input.Session
	target  input.Target
	query   postgres.AuditQuery
	row     string
	context []string
	html    string
}

func newAuditLog(s *input.Session) *cobra.Command {
	l := &auditLogCommand{Session: s}
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

// subject says which records are shown.
func (l *auditLogCommand) subject(database string, args []string) string {
	if len(args) == 0 {
		return database
	}
	return strings.TrimSpace(args[0] + " " + l.row)
}

func (l *auditLogCommand) run(ctx context.Context, args []string) (output.Result, error) {
	if err := l.check(args); err != nil {
		return nil, output.Usage(err)
	}
	a, err := openAudit(ctx, l.Session, l.target)
	if err != nil {
		return nil, err
	}
	defer a.close()
	q := l.query
	if len(args) > 0 {
		if q.Models, err = a.model(ctx, args[0]); err != nil {
			return nil, err
		}
	}
	if l.row != "" {
		if q.Rows, err = a.keys(ctx, q.Models, l.row); err != nil {
			return nil, err
		}
	}
	if q.Limit > 0 {
		q.Limit++
	}
	records, err := a.db.AuditRecords(ctx, q)
	if err != nil {
		return nil, err
	}
	found := newAuditLogResult(records, l.query.Limit)
	if l.html == "" {
		return found, nil
	}
	return found.page(l.subject(a.db.String(), args)).write(l.Path(l.html))
}

// check reads the flags that can be wrong.
func (l *auditLogCommand) check(args []string) error {
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
		if !slices.Contains([]string{"INSERT", "UPDATE", "DELETE", "TRUNCATE", "SNAPSHOT"}, upper) {
			return fmt.Errorf("--operation %s: want insert, update, delete, truncate or snapshot", name)
		}
		l.query.Operations[i] = upper
	}
	if l.query.Limit < 0 {
		return fmt.Errorf("--limit %d: want 0 or more", l.query.Limit)
	}
	return nil
}

// keys returns the primary keys that a person can mean.
func (a *auditing) keys(ctx context.Context, names []postgres.AuditName, text string) ([]rawKey, error) {
	columns, err := a.db.AuditKey(ctx, names...)
	if err != nil {
		return nil, err
	}
	return auditKeys(text, columns)
}

// An auditLogResult is records of the audit log, the newest first.
type auditLogResult struct {
	Records []auditRecord `json:"records"`
	More    bool          `json:"more"` // there are older ones
}

func newAuditLogResult(records []postgres.AuditRecord, limit int) *auditLogResult {
	r := &auditLogResult{Records: []auditRecord{}}
	if limit > 0 && len(records) > limit {
		records, r.More = records[:limit], true
	}
	for _, record := range records {
		r.Records = append(r.Records, newAuditRecord(record))
	}
	return r
}

func (r *auditLogResult) Print(p *output.Printer) {
	last := ""
	for _, record := range r.Records {
		if head := record.Transaction + record.who(); head != last {
			if last != "" {
				p.Line("")
			}
			p.Line("%s", record.head(p))
			last = head
		}
		record.Print(p)
	}
	switch {
	case len(r.Records) == 0:
		p.Line("No records.")
	case r.More && !p.Quiet:
		p.Line("\n%s", p.Dim("There are older records: --limit N shows more, --until TIME begins further back."))
	}
}
