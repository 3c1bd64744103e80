package auditlog

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/contrib/triggers/record"
)

// A retraction is the undo of a transaction in progress. It goes through the records
// of the transaction several times, so that it need not hold them: once to see
// whether all can be undone, then in rounds, as some have to wait for others.
type retraction struct {
	Undo
	batch   int
	tx      pgx.Tx
	records *stream // of the transaction, the last first
	total   int     // of records
	meant   *transaction
	renames []renaming
	pasts   map[string]past    // by model
	audited []Table            // tables
	targets map[string]*target // by model

	refusals  lines // why something cannot be restored
	conflicts lines // rows that are not as they were left

	ends    *ends       // nil: they are not needed
	settled []*reversal // what put rows right that triggers changed

	rounds map[int]int // by number of a reversal, in which round it is done, if not in the first
	counts []Count
}

const (
	contextSetting = record.ContextSetting
	deferred       = "SET CONSTRAINTS ALL DEFERRED"
)

// do does everything in a transaction, and takes it back unless it is to stay.
func (r *retraction) do(ctx context.Context, tx pgx.Tx) error {
	r.tx = tx
	if err := r.begin(ctx); err != nil {
		return err
	}
	if err := r.check(ctx); err != nil {
		return err
	}
	savepoint, err := tx.Begin(ctx)
	if err != nil {
		return err
	}
	if err := r.run(ctx); err != nil {
		return err
	}
	if r.Commit {
		return savepoint.Commit(ctx)
	}
	return savepoint.Rollback(ctx) // which lets others have the rows
}

// begin prepares the session, and opens the records.
func (r *retraction) begin(ctx context.Context) error {
	_, err := r.tx.Exec(ctx, "SET LOCAL search_path = "+searchPath)
	if err != nil {
		return err
	}
	if r.audited, err = readTables(ctx, r.tx); err != nil {
		return err
	}
	if r.meant, err = r.transaction(ctx); err != nil {
		return err
	}
	if r.renames, err = readRenames(ctx, r.tx); err != nil {
		return err
	}
	if _, err = r.tx.Exec(ctx, r.meant.money()); err != nil {
		return err
	}
	if err := r.say(ctx); err != nil {
		return err
	}
	return r.open(ctx, r.tx)
}

// open begins to read the records in a transaction.
func (r *retraction) open(ctx context.Context, tx pgx.Tx) error {
	query := Query{Transaction: r.Transaction, of: r.meant, Operations: []string{record.Insert, record.Update, record.Delete, record.Truncate}}
	var err error
	r.records, err = query.open(ctx, tx, r.batch, true)
	return problemOf("reading the audit log", err)
}

// say sets what the records of undoing have as their context.
func (r *retraction) say(ctx context.Context) error {
	settings := []string{contextSetting}
	for _, t := range r.audited {
		if t.Setting != "" && !slices.Contains(settings, t.Setting) {
			settings = append(settings, t.Setting)
		}
	}
	for _, name := range settings {
		if _, err := r.tx.Exec(ctx, "SELECT pg_catalog.set_config($1, $2, true)", name, r.Context()); err != nil {
			return err
		}
	}
	return nil
}

// check goes through all records before anything is changed.
func (r *retraction) check(ctx context.Context) error {
	if err := r.each(ctx, func(int, *reversal) error { return nil }); err != nil {
		return err
	}
	if r.total = r.records.count; r.total == 0 {
		return problem("WH5404", "the audit log has no transaction "+r.Transaction, "Its number is the xid of its records.",
			"see the last ones: whimbrel audit log")
	}
	if r.refusals.empty() {
		return nil
	}
	return problem("WH5406", "transaction "+r.Transaction+" cannot be undone: the audit log does not have all of it",
		r.refusals.String()+"\nNothing was changed.", "see what is recorded: whimbrel audit log --transaction "+r.Transaction)
}

// run undoes the changes. What is deferred to the end is known before it.
func (r *retraction) run(ctx context.Context) error {
	if _, err := r.tx.Exec(ctx, deferred); err != nil {
		return err
	}
	if err := r.meet(ctx); err != nil {
		return err
	}
	if r.conflicts.empty() {
		if err := r.goRound(ctx); err != nil {
			return err
		}
	}
	if !r.conflicts.empty() {
		return problem("WH5405", "transaction "+r.Transaction+" cannot be undone: rows have changed since",
			r.conflicts.String()+"\nNothing was changed.",
			"see who changed them: whimbrel audit row MODEL KEY; undo the later transactions first")
	}
	if err := r.settle(ctx); err != nil {
		return err
	}
	if _, err := r.tx.Exec(ctx, "SET CONSTRAINTS ALL IMMEDIATE"); err != nil {
		return err
	}
	return r.settle(ctx) // behind triggers that were deferred
}

// each calls a function for each reversal and its number, the one of the last change
// first. They have the same numbers and rows each time.
func (r *retraction) each(ctx context.Context, do func(n int, v *reversal) error) error {
	if err := r.records.rewind(ctx); err != nil {
		return err
	}
	var open *reversal
	count := 0
	end := func() error {
		if open == nil {
			return nil
		}
		count++
		return do(count-1, open)
	}
	err := r.records.each(ctx, func(rec Record) error {
		next, err := r.reversal(ctx, r.present(rec))
		if err != nil || next == nil || open != nil && open.take(next, r.batch) {
			return err
		}
		if err := end(); err != nil {
			return err
		}
		open = next
		return nil
	})
	if err == nil && r.total > 0 && r.records.count != r.total {
		err = fmt.Errorf("%d of the %d records of transaction %s are left in the audit log", r.records.count, r.total, r.Transaction)
	}
	if err != nil {
		return err
	}
	return end()
}

// present returns a record with the names that its columns have now.
func (r *retraction) present(rec Record) Record {
	model := r.model(rec)
	then, known := r.pasts[model]
	if !known {
		then = pastOf(r.renames, append(slices.Clone(r.Names.Of(model)), Name{Name: model}))
		r.pasts[model] = then
	}
	return then.present(rec)
}

// model returns what the model of a record is called now.
func (r *retraction) model(rec Record) string {
	now := r.Names.Present(rec)
	if now != rec.Model {
		return now
	}
	for _, renaming := range r.renames {
		if renaming.was == now && !rec.At.After(renaming.at) {
			now = renaming.now
		}
	}
	return now
}

func (r *retraction) refuse(rec Record, format string, args ...any) {
	row := ""
	if rec.Row != nil {
		row = " " + string(rec.Row)
	}
	r.refusals.add(rec.Operation + " of " + rec.Model + row + ": " + fmt.Sprintf(format, args...))
}
