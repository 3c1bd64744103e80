package postgres

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// An Action is what was done with a migration.
type Action string

// The actions of a journal.
const (
	Applied    Action = "applied"
	RolledBack Action = "rolled back"
	Failed     Action = "failed"     // on either way; the detail says why
	Faked      Action = "recorded"   // as applied, without being run
	Unrecorded Action = "unrecorded" // without being rolled back
	Settled    Action = "settled"    // an operation in doubt; the detail is the direction that is in effect
)

// A JournalEntry is something that was done with a migration. The journal keeps all of
// them: rows are never changed or deleted.
type JournalEntry struct {
	At        time.Time
	Action    Action
	App       string
	Migration string
	Operation int           // 0: all of them
	Took      time.Duration // 0: nothing was run
	User      string        // of the database
	Operator  string        // see Options; "" if nobody was named
	// Address is that of the client as the server sees it; not valid for a socket on the
	// server's machine.
	Address     netip.Addr
	Application string
	Version     string // of whimbrel
	Detail      string
}

const journalling = `INSERT INTO whimbrel.journal (action, app, migration, operation, duration, operator, version, detail)
	VALUES ($1, $2, $3, nullif($4::int, 0), $5, $6, $7, $8)`

// journalled is the version of the record that has a journal.
const journalled = 3

// Journal returns what was done with the migrations of the database, in order.
func (d *Database) Journal(ctx context.Context) (found []JournalEntry, err error) {
	err = d.readRecord(ctx, func(tx pgx.Tx) error {
		version, err := layoutVersion(ctx, tx)
		if err != nil || version < journalled {
			return err
		}
		rows, err := tx.Query(ctx, `SELECT at, action, app, migration, coalesce(operation, 0), coalesce(duration, '0'), db_user, operator,
			coalesce(pg_catalog.host(address), ''), application, version, detail FROM whimbrel.journal ORDER BY id`)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, scanEntry)
		return err
	})
	return found, wrap("reading the journal", err)
}

func scanEntry(row pgx.CollectableRow) (JournalEntry, error) {
	var j JournalEntry
	host := ""
	err := row.Scan(&j.At, &j.Action, &j.App, &j.Migration, &j.Operation, &j.Took, &j.User, &j.Operator, &host, &j.Application, &j.Version, &j.Detail)
	if host != "" && err == nil {
		j.Address, err = netip.ParseAddr(host)
	}
	return j, err
}

// note adds an entry to the journal. The server knows when, and who is connected.
func (e *Executor) note(ctx context.Context, on execer, j JournalEntry) error {
	var took *time.Duration
	if j.Took > 0 {
		took = &j.Took
	}
	_, err := on.Exec(ctx, journalling, string(j.Action), j.App, j.Migration, j.Operation, took, e.options.Operator, e.options.Version, j.Detail)
	return wrap("writing the journal", err)
}

// noteFailure adds an entry about a run that failed, where the connection is left.
// What failed is told anyway, so that this fails too is of no interest.
func (e *Executor) noteFailure(ctx context.Context, j JournalEntry) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if e.db.conn.IsClosed() || e.db.conn.PgConn().TxStatus() != 'I' {
		return
	}
	_ = e.book(ctx, func(tx pgx.Tx) error { return e.note(ctx, tx, j) })
}

// entry returns what the journal says of a run; why is "" if it did not fail.
func (r *run) entry(why string) JournalEntry {
	j := JournalEntry{Action: r.action(), App: r.script.App, Migration: r.script.ID, Took: time.Since(r.started), Detail: firstLine(why)}
	if why != "" {
		j.Action = Failed
	}
	if r.faked {
		j.Took = 0
	}
	return j
}

func (r *run) action() Action {
	switch {
	case r.faked && r.direction == Down:
		return Unrecorded
	case r.faked:
		return Faked
	case r.direction == Down:
		return RolledBack
	}
	return Applied
}

// firstLine returns the beginning of an error in characters that every encoding has.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return '?'
		}
		return c
	}, line)
}
