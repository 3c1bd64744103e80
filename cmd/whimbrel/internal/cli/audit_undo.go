package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/postgres"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// An auditUndoCommand is "whimbrel audit undo" with its flags.
type auditUndoCommand struct {
	*input.Session
	target input.Target
	yes    bool
	dryRun bool
}

func newAuditUndo(s *input.Session) *cobra.Command {
	u := &auditUndoCommand{Session: s}
	c := &cobra.Command{
		Use:   "undo TRANSACTION",
		Short: "Undo all recorded changes of a transaction",
		Long: `Undo all recorded changes of a transaction, the last one first, in one transaction.
It is refused where a row is not as that transaction left it, or where the log does not
have all of it. Undoing is audited as well: its context has "undo" with the number.`,
		Example: `  whimbrel audit undo 7315 --dry-run   # the SQL, tried and taken back
  whimbrel audit undo 7315`,
		Args: cobra.ExactArgs(1),
		RunE: s.Run(func(ctx context.Context, args []string) (output.Result, error) { return u.run(ctx, args[0]) }),
	}
	u.target.AddFlags(c)
	c.Flags().BoolVar(&u.yes, "yes", false, "do not ask")
	c.Flags().BoolVar(&u.dryRun, "dry-run", false, "try it, take it back, and print the SQL")
	c.MarkFlagsMutuallyExclusive("yes", "dry-run")
	return c
}

func (u *auditUndoCommand) run(ctx context.Context, transaction string) (output.Result, error) {
	if err := checkTransaction(transaction); err != nil {
		return nil, output.Usage(err)
	}
	if !u.yes && !u.dryRun && !u.Asks() {
		return nil, output.Usage(errors.New("nobody can be asked here: give --yes, or --dry-run to see what would be done"))
	}
	a, err := openAudit(ctx, u.Session, u.target)
	if err != nil {
		return nil, err
	}
	defer a.close()
	names, err := a.names(ctx)
	if err != nil {
		return nil, err
	}
	undo := postgres.AuditUndo{Transaction: transaction, Context: undoContext(transaction), Present: names.present, Commit: u.yes}
	done, err := a.db.UndoAudit(ctx, undo)
	if err != nil {
		return nil, err
	}
	found := newAuditUndoResult(undo, done)
	if u.yes || u.dryRun {
		return found, nil
	}
	if err := u.ask(ctx, found); err != nil {
		return nil, err
	}
	undo.Commit = true
	if done, err = a.db.UndoAudit(ctx, undo); err != nil {
		return nil, err
	}
	return newAuditUndoResult(undo, done), nil
}

// checkTransaction reports what is no number of a transaction.
func checkTransaction(text string) error {
	if _, err := strconv.ParseUint(text, 10, 64); err != nil {
		return fmt.Errorf("transaction %s: want its number, as whimbrel audit log shows it", text)
	}
	return nil
}

// undoContext is what the records of undoing have as their context.
func undoContext(transaction string) string {
	encoded, _ := json.Marshal(map[string]string{"undo": transaction}) // a string always has a form
	return string(encoded)
}

// ask has a person confirm what is going to be done.
func (u *auditUndoCommand) ask(ctx context.Context, found *auditUndoResult) error {
	p := u.Prompt()
	p.Question(fmt.Sprintf("Undo transaction %s?", found.Transaction), found.summary())
	answer, err := p.Ask(ctx, "yes or no: ")
	if err != nil {
		return err
	}
	if answer = strings.ToLower(answer); answer != "y" && answer != "yes" {
		return errors.New("nothing is undone")
	}
	return nil
}

// An auditUndoResult is what undoing a transaction did, or would do.
type auditUndoResult struct {
	Transaction string          `json:"transaction"`
	Undone      bool            `json:"undone"`
	Statements  []undoStatement `json:"statements"`

	context string
}

type undoStatement struct {
	Model     string `json:"model"`
	Operation string `json:"operation"`
	Rows      int    `json:"rows"`
	SQL       string `json:"sql"`
}

func newAuditUndoResult(u postgres.AuditUndo, done []postgres.AuditReversal) *auditUndoResult {
	r := &auditUndoResult{Transaction: u.Transaction, Undone: u.Commit, Statements: []undoStatement{}, context: u.Context}
	for _, s := range done {
		r.Statements = append(r.Statements, undoStatement(s))
	}
	return r
}

func (r *auditUndoResult) Print(p *output.Printer) {
	if r.Undone {
		p.Line("Transaction %s is undone: %s.", r.Transaction, r.summary())
		return
	}
	p.Line("-- Undo of transaction %s: %s.", r.Transaction, r.summary())
	p.Line("BEGIN;\nSELECT set_config('whimbrel.audit_context', %s, true);\nSET CONSTRAINTS ALL DEFERRED;", address.Literal(r.context))
	for _, s := range r.Statements {
		p.Line("\n%s;", s.SQL)
	}
	p.Line("\nCOMMIT;")
}

// summary says what is done in one line.
func (r *auditUndoResult) summary() string {
	if len(r.Statements) == 0 {
		return "nothing to do"
	}
	words := map[string]string{"INSERT": "put back", "UPDATE": "set back", "DELETE": "taken out"}
	count := map[string]int{}
	var order []string
	for _, s := range r.Statements {
		what := " of " + shown(s.Model) + " " + words[s.Operation]
		if count[what] == 0 {
			order = append(order, what)
		}
		count[what] += s.Rows
	}
	parts := make([]string, len(order))
	for i, what := range order {
		parts[i] = output.Plural(count[what], "row") + what
	}
	return strings.Join(parts, ", ")
}
