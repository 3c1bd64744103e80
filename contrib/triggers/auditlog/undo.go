package auditlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/address"
)

// An Undo says which transaction is to be undone.
type Undo struct {
	Transaction string // the digits of its xid8
	// Since and Until say which one is meant if there are several with the number: that
	// which wrote in this time. They are as in a Query.
	Since, Until string
	Commit       bool  // otherwise everything is tried and taken back
	Shown        bool  // the statements are wanted, not only how many rows they change
	Names        Names // where records name models as they were called
}

// Context returns what the records of undoing have as their context.
func (u Undo) Context() string {
	encoded, _ := json.Marshal(map[string]string{"undo": u.Transaction}) // a string always has a form
	return string(encoded)
}

// Settings returns the statements that a transaction begins with in which the
// statements of an Outcome are run.
func (u Undo) Settings() []string {
	return []string{
		"SET LOCAL search_path = " + searchPath,
		"SELECT pg_catalog.set_config('" + contextSetting + "', " + address.Literal(u.Context()) + ", true)",
		deferred,
	}
}

// Undo undoes all that the audit log has of a transaction, the last change first, in
// one transaction. Nothing is changed if some row is not as the transaction left it
// any more, or cannot be restored; the error is a diag.Diagnostic then. The Outcome
// has to be closed before the database is used otherwise.
//
// However many records there are, two batches of them are held, and of those that
// have to wait for others a hash.
func (l *Log) Undo(ctx context.Context, u Undo) (*Outcome, error) {
	if err := l.read(ctx, func(pgx.Tx) error { return nil }); err != nil {
		return nil, problemOf("reading the audit log", err)
	}
	tx, err := l.db.Begin(ctx)
	if err != nil {
		return nil, wrap("beginning a transaction", err)
	}
	r := &retraction{Undo: u, batch: l.batch, targets: map[string]*target{}, rounds: map[int]int{}, pasts: map[string]past{}}
	if err := r.do(ctx, tx); err != nil {
		_ = tx.Rollback(context.WithoutCancel(ctx)) // the first error says more
		return nil, problemOfUndo(u, err)
	}
	return l.outcome(ctx, tx, r)
}

// outcome ends the transaction. Where the statements are wanted there is one in which
// they are read.
func (l *Log) outcome(ctx context.Context, tx pgx.Tx, r *retraction) (*Outcome, error) {
	o := &Outcome{Counts: r.counts, work: r, tx: tx}
	if r.Commit {
		if err := tx.Commit(ctx); err != nil {
			return nil, problemOfUndo(r.Undo, err)
		}
		o.tx = nil
	}
	if !r.Shown {
		o.Close(ctx)
		return o, nil
	}
	if r.Commit {
		var err error
		if o.tx, err = l.db.Begin(ctx); err == nil {
			err = r.open(ctx, o.tx)
		}
		if err != nil {
			o.Close(ctx)
			return nil, wrap("transaction "+r.Transaction+" is undone; reading how", err)
		}
	}
	return o, nil
}

// problemOfUndo explains what the server says against undoing.
func problemOfUndo(u Undo, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return wrap("undoing transaction "+u.Transaction, err)
	}
	detail := server.Detail
	if server.TableName != "" {
		detail = strings.TrimSpace(detail + " Table: " + address.Qualify(server.SchemaName, server.TableName) + ".")
	}
	if unknown := []string{"42P01", "42883", "42704"}; slices.Contains(unknown, server.Code) && server.Where != "" {
		detail = strings.TrimSpace(detail + " Functions of triggers run with search_path = " + searchPath + " here, unless they set another one.")
	}
	return problem("WH5407", fmt.Sprintf("transaction %s cannot be undone: %s (SQLSTATE %s)", u.Transaction, server.Message, server.Code),
		strings.TrimSpace(detail+" Nothing was changed."),
		"undo first what was built on it since, or correct the rows by hand; see them: whimbrel audit log --transaction "+u.Transaction)
}
