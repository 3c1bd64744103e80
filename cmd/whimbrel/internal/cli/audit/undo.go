package audit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/contrib/triggers/auditlog"
	contract "github.com/whimbreldb/whimbrel/contrib/triggers/record"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/sqltext"
)

// An undoCommand is "whimbrel audit undo" with its flags.
type undoCommand struct {
	*input.Session
	target input.Target
	yes    bool
	dryRun bool
	since  string
	until  string
}

func newUndo(s *input.Session) *cobra.Command {
	u := &undoCommand{Session: s}
	c := &cobra.Command{
		Use:   "undo TRANSACTION",
		Short: "Undo all recorded changes of a transaction",
		Long: `Undo all recorded changes of a transaction, the last one first, in one transaction.
It is refused where a row is not as that transaction left it, or where the log does not
have all of it. Undoing is audited as well: its context has "undo" with the number.`,
		Example: `  whimbrel audit undo 7315 --dry-run   # the SQL, tried and taken back
  whimbrel audit undo 7315`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return nil, u.run(ctx, args[0]) }),
	}
	u.target.AddFlags(c)
	c.Flags().BoolVar(&u.yes, "yes", false, "do not ask")
	c.Flags().StringVar(&u.since, "since", "", "where several transactions have the number: that which wrote since this `TIME`")
	c.Flags().StringVar(&u.until, "until", "", "that which wrote until this `TIME`")
	c.Flags().BoolVar(&u.dryRun, "dry-run", false, "try it, take it back, and print the SQL")
	c.MarkFlagsMutuallyExclusive("yes", "dry-run")
	return c
}

func (u *undoCommand) run(ctx context.Context, transaction string) error {
	if err := checkTransaction(transaction); err != nil {
		return output.Usage(err)
	}
	if !u.yes && !u.dryRun && !u.Asks() {
		return output.Usage(errors.New("nobody can be asked here: give --yes, or --dry-run to see what would be done"))
	}
	d, err := open(ctx, u.Session, u.target)
	if err != nil {
		return err
	}
	defer d.close()
	names, err := d.names(ctx)
	if err != nil {
		return err
	}
	undo := auditlog.Undo{Transaction: transaction, Since: u.since, Until: u.until, Names: names}
	if !u.yes && !u.dryRun {
		if err := u.ask(ctx, d, undo); err != nil {
			return err
		}
	}
	undo.Commit, undo.Shown = !u.dryRun, u.dryRun || u.Format == output.JSON
	done, err := d.Undo(ctx, undo)
	if err != nil {
		return err
	}
	defer done.Close(context.WithoutCancel(ctx))
	return u.Stream(&outcome{ctx: ctx, undo: undo, Outcome: done})
}

// ask tries it, and has a person confirm what is going to be done.
func (u *undoCommand) ask(ctx context.Context, d *database, undo auditlog.Undo) error {
	tried, err := d.Undo(ctx, undo)
	if err != nil {
		return err
	}
	tried.Close(ctx)
	p := u.Prompt()
	p.Question(fmt.Sprintf("Undo transaction %s?", undo.Transaction), counts(tried.Counts))
	answer, err := p.Ask(ctx, "yes or no: ")
	if err != nil {
		return err
	}
	if answer = strings.ToLower(answer); answer != "y" && answer != "yes" {
		return errors.New("nothing is undone")
	}
	return nil
}

// An outcome is what undoing a transaction did, or would do.
type outcome struct {
	ctx  context.Context // of the command: the statements are read while they are printed
	undo auditlog.Undo
	*auditlog.Outcome
}

// A statement is one of an undo for programs.
type statement struct {
	Model     string `json:"model"`
	Operation string `json:"operation"`
	Rows      int    `json:"rows"`
	SQL       string `json:"sql"`
}

// PrintAll prints what was undone, or the SQL that would do it.
func (u *outcome) PrintAll(p *output.Printer) error {
	if u.undo.Commit && p.Quiet {
		return nil
	}
	if u.undo.Commit {
		p.Line("Transaction %s is undone: %s.", u.undo.Transaction, counts(u.Counts))
		return nil
	}
	p.Line("-- Undo of transaction %s: %s.", u.undo.Transaction, counts(u.Counts))
	p.Line("BEGIN;\n%s;", strings.Join(u.undo.Settings(), ";\n"))
	for s, err := range u.Statements(u.ctx) {
		if err != nil {
			return err
		}
		p.Line("\n%s;", sqltext.Visible(s.SQL))
	}
	p.Line("\nCOMMIT;")
	return nil
}

// WriteAll writes what was done with the statements.
func (u *outcome) WriteAll(o *output.Object) error {
	if err := o.Member("transaction", u.undo.Transaction); err != nil {
		return err
	}
	if err := o.Member("undone", u.undo.Commit); err != nil {
		return err
	}
	return o.List("statements", func(yield func(any, error) bool) {
		for s, err := range u.Statements(u.ctx) {
			if !yield(statement{Model: s.Model, Operation: s.Operation, Rows: s.Rows, SQL: s.SQL}, err) {
				return
			}
		}
	})
}

// counts says what is done in one line.
func counts(list []auditlog.Count) string {
	if len(list) == 0 {
		return "nothing to do"
	}
	words := map[string]string{contract.Insert: "put back", contract.Update: "set back", contract.Delete: "taken out"}
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = diag.Plural(c.Rows, "row") + " of " + line(c.Model) + " " + words[c.Operation]
	}
	return strings.Join(parts, ", ")
}
