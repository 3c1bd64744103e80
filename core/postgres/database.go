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
)

// A Database is a connection to a database. It is for one goroutine at a time.
type Database struct {
	config  *pgx.ConnConfig
	conn    *pgx.Conn
	standby bool                           // nothing can be written
	pooled  bool                           // there is no session: see sharesBackends
	notice  func(severity, message string) // nil: nobody listens
	again   string                         // see anew
}

// Connect opens a connection. The URL is a postgres:// URL or a list of
// key=value pairs; what is missing in it comes from the PG* environment
// variables. The session has whimbrel's settings, whatever those of the server, the
// database and the user are. The error for a mistake of the user, such as an unknown
// database or a wrong password, is a diag.Diagnostic; it never holds the password.
func Connect(ctx context.Context, url string) (*Database, error) {
	config, err := configuration(url)
	if err != nil {
		return nil, err
	}
	return connected(ctx, config)
}

// Beside opens a connection to a database that a program is connected to already: a
// session of its own, which has whimbrel's settings and holds its lock.
func Beside(ctx context.Context, config *pgx.ConnConfig) (*Database, error) {
	config = config.Copy()
	config.Tracer = nil // that of the program is not for what whimbrel does
	settle(config)
	return connected(ctx, config)
}

func connected(ctx context.Context, config *pgx.ConnConfig) (*Database, error) {
	d := &Database{config: config}
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) { d.noticed(n) }
	if err := d.connect(ctx); err != nil {
		return nil, err
	}
	return d, nil
}

// Close closes the connection.
func (d *Database) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return d.conn.Close(ctx)
}

// String returns where the database is, as a URL without a password.
func (d *Database) String() string { return place(d.config) }

// Name returns the name of the database on its server.
func (d *Database) Name() string { return d.config.Database }

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
