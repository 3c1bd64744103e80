package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/address"
)

// An AuditUndo says which transaction is to be undone.
type AuditUndo struct {
	Transaction string // the digits of its xid8
	Context     string // for the records of the undoing, as JSON
	Commit      bool   // otherwise everything is tried and rolled back
	// Present returns what a model that a record names is called now; nil where
	// no model was renamed.
	Present func(AuditRecord) string
}

// An AuditReversal is a statement that undoes changes of one table.
type AuditReversal struct {
	Model     string
	Operation string // what undoing does: DELETE for what was inserted
	Rows      int
	SQL       string // to read or to run
}

// UndoAudit undoes all that the audit log has of a transaction, the last change
// first, in one transaction, and returns the statements. Nothing is changed if
// some row is not as the transaction left it any more, or cannot be restored; the
// error is a diag.Diagnostic then. It is the caller who decides to commit.
func (d *Database) UndoAudit(ctx context.Context, u AuditUndo) ([]AuditReversal, error) {
	if err := d.reading(ctx, func(pgx.Tx) error { return nil }); err != nil {
		return nil, auditProblem("reading the audit log", err)
	}
	tx, err := d.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.ReadCommitted, AccessMode: pgx.ReadWrite})
	if err != nil {
		return nil, wrap("beginning a transaction", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // after the commit it does nothing
	done, err := undo(ctx, tx, u)
	if err != nil || !u.Commit {
		return done, undoProblem(u, err)
	}
	return done, undoProblem(u, tx.Commit(ctx))
}

func undo(ctx context.Context, tx pgx.Tx, u AuditUndo) ([]AuditReversal, error) {
	plan := &undoing{AuditUndo: u, tx: tx, tables: map[string]*restored{}}
	if err := plan.begin(ctx); err != nil {
		return nil, err
	}
	if _, err := tx.Exec(ctx, "SET CONSTRAINTS ALL DEFERRED"); err != nil {
		return nil, err
	}
	list, err := plan.reversals(ctx)
	if err != nil {
		return nil, err
	}
	done, err := plan.run(ctx, list)
	if err != nil {
		return done, err
	}
	if len(plan.conflicts) > 0 {
		return done, plan.conflict()
	}
	// What is deferred to the end is to be known before it.
	_, err = tx.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE")
	return done, err
}

// An undoing is the undo of a transaction in progress.
type undoing struct {
	AuditUndo
	tx        pgx.Tx
	tables    map[string]*restored // by model
	audited   []AuditTable
	refusals  []string // why something cannot be restored
	conflicts []string // rows that are not as they were left
}

// begin sets what the records of undoing have as their context.
func (u *undoing) begin(ctx context.Context) error {
	var err error
	if u.audited, err = auditTables(ctx, u.tx); err != nil {
		return err
	}
	settings := []string{"whimbrel.audit_context"}
	for _, t := range u.audited {
		if t.Setting != "" && !slices.Contains(settings, t.Setting) {
			settings = append(settings, t.Setting)
		}
	}
	for _, name := range settings {
		if _, err := u.tx.Exec(ctx, "SELECT pg_catalog.set_config($1, $2, true)", name, u.Context); err != nil {
			return err
		}
	}
	return nil
}

// reverse checks the rows of a reversal and undoes their changes.
func (u *undoing) reverse(ctx context.Context, tx pgx.Tx, r *reversal) (AuditReversal, error) {
	param, err := r.payload()
	if err != nil {
		return AuditReversal{}, fmt.Errorf("writing the rows of %s: %w", r.model, err)
	}
	shown := AuditReversal{Model: r.model, Operation: r.verb(), Rows: len(r.rows), SQL: r.sql(address.Literal(param) + "::jsonb")}
	if _, err := tx.Exec(ctx, r.locking(), param); err != nil {
		return shown, err
	}
	changed, err := r.compare(ctx, tx, param)
	if err != nil {
		return shown, err
	}
	if len(changed) > 0 { // the rest is looked at as well, so that all conflicts are told at once
		u.conflicts = append(u.conflicts, changed...)
		return shown, nil
	}
	if err := r.follow(ctx, tx, param); err != nil {
		return shown, err
	}
	tag, err := tx.Exec(ctx, r.sql("$1::jsonb"), param)
	if err == nil && tag.RowsAffected() != int64(len(r.rows)) {
		err = u.kept(r, tag.RowsAffected())
	}
	return shown, err
}

// kept says that rows did not change although they should have.
func (u *undoing) kept(r *reversal, changed int64) error {
	return problem("WH5407", fmt.Sprintf("transaction %s cannot be undone: of %d rows of %s, %d took the %s",
		u.Transaction, len(r.rows), r.model, changed, r.verb()),
		"A trigger, a rule or a policy of the table keeps the others as they are. Nothing was changed.",
		"undo it by hand, beginning with: whimbrel audit log --transaction "+u.Transaction)
}

// compare returns what is to be said of rows that are not as the transaction left
// them.
func (r *reversal) compare(ctx context.Context, tx pgx.Tx, param string) ([]string, error) {
	rows, err := tx.Query(ctx, r.comparing(), param)
	if err != nil {
		return nil, err
	}
	var found []string
	var place int
	var there bool
	var columns []string
	_, err = pgx.ForEachRow(rows, []any{&place, &there, &columns}, func() error {
		why := "has other values in " + strings.Join(columns, ", ")
		switch {
		case r.verb() == "INSERT":
			why = "is there again"
		case !there:
			why = "is not there any more"
		}
		found = append(found, r.model+" "+string(r.rows[place-1].record.Row)+" "+why)
		return nil
	})
	return found, err
}

// follow returns a waiting if rows of other tables would be taken along.
func (r *reversal) follow(ctx context.Context, tx pgx.Tx, param string) error {
	if r.verb() != "DELETE" {
		return nil
	}
	var found waiting
	for _, k := range r.table.takers {
		rows, err := tx.Query(ctx, r.following(k), param)
		if err != nil {
			return err
		}
		var place, count int
		_, err = pgx.ForEachRow(rows, []any{&place, &count}, func() error {
			found = append(found, fmt.Sprintf("%s %s: %d of %s refer to it by now (%s)", r.model, r.rows[place-1].record.Row, count,
				address.Qualify(k.schema, k.name), k.constraint))
			return nil
		})
		if err != nil {
			return err
		}
	}
	if len(found) > 0 {
		return found
	}
	return nil
}

func (u *undoing) conflict() error {
	return problem("WH5405", "transaction "+u.Transaction+" cannot be undone: rows have changed since", listed(u.conflicts)+"\nNothing was changed.",
		"see who changed them: whimbrel audit row MODEL KEY; undo the later transactions first")
}

func (u *undoing) refused() error {
	return problem("WH5406", "transaction "+u.Transaction+" cannot be undone: the audit log does not have all of it",
		listed(u.refusals)+"\nNothing was changed.",
		"see what is recorded: whimbrel audit log --transaction "+u.Transaction)
}

// listed returns lines for a diagnostic, each once and not too many.
func listed(lines []string) string {
	const most = 20
	var kept []string
	seen := map[string]bool{}
	for _, line := range lines {
		if !seen[line] {
			kept = append(kept, "  "+line)
		}
		seen[line] = true
	}
	if len(kept) > most {
		kept = append(kept[:most], fmt.Sprintf("  and %d more", len(kept)-most))
	}
	return strings.Join(kept, "\n")
}

// undoProblem explains what the server says against undoing.
func undoProblem(u AuditUndo, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return wrap("undoing transaction "+u.Transaction, err)
	}
	detail := server.Detail
	if server.TableName != "" {
		detail = strings.TrimSpace(detail + " Table: " + address.Qualify(server.SchemaName, server.TableName) + ".")
	}
	return problem("WH5407", fmt.Sprintf("transaction %s cannot be undone: %s (SQLSTATE %s)", u.Transaction, server.Message, server.Code),
		strings.TrimSpace(detail+" Nothing was changed."),
		"undo first what was built on it since, or correct the rows by hand; see them: whimbrel audit log --transaction "+u.Transaction)
}
