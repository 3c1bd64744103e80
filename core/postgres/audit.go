package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// An AuditRecord is a record of the audit log: one change of one row, or of a
// whole table.
type AuditRecord struct {
	ID           int64
	At           time.Time
	Transaction  string // its xid8
	Operation    string // INSERT, UPDATE, DELETE, TRUNCATE or SNAPSHOT
	Model, Table string // as they were called then
	// Row is the primary key as an object; nil for a table without one, and for
	// the truncation of a table. Old and New are the values that were recorded,
	// of an update at least those that changed; nil where there are none.
	Row, Old, New json.RawMessage
	User          string          // who connected
	Context       json.RawMessage // what the application said
	// History is the history table, as SQL, that the record is from; empty for the
	// log. Its ID is that of this table.
	History string
	// Unseen: of an update in a history table, the row before it is not recorded.
	Unseen bool
}

// After reports whether a record is later than another. Those of one table are in
// the order of their numbers.
func (r AuditRecord) After(other AuditRecord) bool {
	if r.History == other.History {
		return r.ID > other.ID
	}
	return r.At.After(other.At)
}

const auditColumns = `l.id, l.at, l.xid::text, l.operation, l.model, l.table_name, l.row_id::text, l.old::text, l.new::text,
	l.db_user, l.context::text, false`

func scanAudit(row pgx.CollectableRow) (AuditRecord, error) {
	var r AuditRecord
	var key, old, now, context *string
	err := row.Scan(&r.ID, &r.At, &r.Transaction, &r.Operation, &r.Model, &r.Table, &key, &old, &now, &r.User, &context, &r.Unseen)
	r.Row, r.Old, r.New, r.Context = rawJSON(key), rawJSON(old), rawJSON(now), rawJSON(context)
	return r, err
}

func rawJSON(text *string) json.RawMessage {
	if text == nil {
		return nil
	}
	return json.RawMessage(*text)
}

// AuditRecords returns the records that a query asks for, of the log and of the
// history tables.
func (d *Database) AuditRecords(ctx context.Context, q AuditQuery) ([]AuditRecord, error) {
	var found []AuditRecord
	err := d.reading(ctx, func(tx pgx.Tx) error {
		var err error
		found, err = q.read(ctx, tx)
		return err
	})
	return found, auditProblem("reading the audit log", err)
}

// reading runs queries of the audit log in a transaction that changes nothing.
func (d *Database) reading(ctx context.Context, do func(tx pgx.Tx) error) error {
	options := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	return pgx.BeginTxFunc(ctx, d.conn, options, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, pinned); err != nil {
			return err
		}
		there := false
		if err := tx.QueryRow(ctx, "SELECT pg_catalog.to_regclass('audit.log') IS NOT NULL").Scan(&there); err != nil {
			return err
		}
		if !there {
			return errNoAudit
		}
		return do(tx)
	})
}

var errNoAudit = problem("WH5401", "nothing is audited in this database", "There is no table audit.log.",
	"write audit_trigger = true in a model, in an app or at the top of whimbrel.hcl, add plugin \"triggers\" {} to it, "+
		"then run: whimbrel make && whimbrel migrate")

// auditProblem explains what the server says against a query of the audit log.
func auditProblem(doing string, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return wrap(doing, err)
	}
	switch server.Code {
	case "42501":
		return problem("WH5402", "the audit log may not be read: "+server.Message, "It is readable for its owner and who was granted it.",
			"have its owner run: GRANT USAGE ON SCHEMA audit TO ROLE; GRANT SELECT ON ALL TABLES IN SCHEMA audit TO ROLE")
	case "22007", "22008", "22009", "22023":
		return problem("WH5403", "this is no time: "+server.Message,
			"A time is 2026-11-22, 2026-11-22 10:15, one with a zone, yesterday, or 2h, 3d or 1w ago.",
			"write it in one of these forms")
	case "22P02", "22003":
		return problem("WH5403", "a value of the wrong form: "+server.Message, "", "correct the value")
	}
	return fmt.Errorf("%s: %s (SQLSTATE %s)", doing, server.Message, server.Code)
}
