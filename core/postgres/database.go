// Package postgres runs migrations on PostgreSQL and keeps the record of them.
//
// The command line connects, takes the lock, compares what is applied with the
// files and has scripts applied or rolled back; see Executor. Whatever whimbrel
// knows about a database is in the database's schema "whimbrel". The package
// runs SQL as it stands in the files: it makes none of its own but for its
// record, and never calls a detector. What a plugin left in a database is read by a
// package of the plugin, through Read and Begin.
package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

// A Database is a connection to a database. It is for one goroutine at a time.
type Database struct {
	config *pgx.ConnConfig
	conn   *pgx.Conn
	notice func(severity, message string) // nil: nobody listens
}

// Connect opens a connection. The URL is a postgres:// URL or a list of
// key=value pairs; what is missing in it comes from the PG* environment
// variables. The error for a mistake of the user, such as an unknown database or
// a wrong password, is a diag.Diagnostic; it never holds the password.
func Connect(ctx context.Context, url string) (*Database, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, unreadable(url, err)
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = applicationName
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	// Poolers and changed search paths make prepared statements a hazard, and
	// nothing here runs often enough to gain from them.
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	config.BuildContextWatcherHandler = cancelling
	d := &Database{config: config}
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { d.noticed(n) }
	if d.conn, err = pgx.ConnectConfig(ctx, config); err != nil {
		return nil, refused(config, err)
	}
	return d, nil
}

const (
	applicationName = "whimbrel"
	connectTimeout  = 10 * time.Second // unless the URL has connect_timeout
)

// cancelling asks the server to cancel the statement when a context ends, so
// that the connection survives and the transaction can be rolled back in order.
func cancelling(conn *pgconn.PgConn) ctxwatch.Handler {
	return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 5 * time.Second}
}

// Close closes the connection.
func (d *Database) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return d.conn.Close(ctx)
}

// String returns where the database is, as a URL without a password.
func (d *Database) String() string { return place(d.config) }

// ServerVersion returns the version of the server, such as 150013 for 15.13.
func (d *Database) ServerVersion(ctx context.Context) (int, error) {
	var version int
	err := d.conn.QueryRow(ctx, "SELECT pg_catalog.current_setting('server_version_num')::int").Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("reading the server's version: %w", err)
	}
	return version, nil
}

func (d *Database) noticed(n *pgconn.Notice) {
	if d.notice != nil {
		d.notice(n.Severity, n.Message)
	}
}

// another opens a second connection to the same database.
func (d *Database) another(ctx context.Context) (*pgx.Conn, error) {
	config := d.config.Copy()
	config.OnNotice = nil
	return pgx.ConnectConfig(ctx, config)
}
