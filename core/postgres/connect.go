package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgconn/ctxwatch"
)

const (
	applicationName = "whimbrel"
	connectTimeout  = 10 * time.Second // unless the URL has connect_timeout
)

// configuration reads a connection string.
func configuration(url string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil || misread(url, config) {
		return nil, unreadable(err)
	}
	if config.Database == "" {
		return nil, unnamed(config)
	}
	settle(config)
	return config, nil
}

// settle gives a configuration what every connection of whimbrel has.
func settle(config *pgx.ConnConfig) {
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
}

// cancelling asks the server to cancel the statement when a context ends, so
// that the connection survives and the transaction can be rolled back in order.
func cancelling(conn *pgconn.PgConn) ctxwatch.Handler {
	return &pgconn.CancelRequestContextWatcherHandler{Conn: conn, DeadlineDelay: 5 * time.Second}
}

// connect opens the connection, as Connect says.
func (d *Database) connect(ctx context.Context) error {
	seen := watchHosts(d.config)
	conn, err := pgx.ConnectConfig(ctx, d.config)
	if err != nil {
		return refused(d.config, err)
	}
	d.conn = conn
	seen.settle(d.config, conn)
	first, err := look(ctx, conn)
	if err != nil || first.limited {
		first, err = d.unlimited(ctx, first, err)
	}
	if err == nil {
		d.standby = first.standby
		d.pooled, err = d.sharesBackends(ctx, first.pid)
	}
	if err == nil && !d.pooled { // a session of a pooler is not ours to change
		_, err = simple(ctx, d.conn, d.pins())
		err = unpinned(err)
	}
	if err != nil {
		_ = d.Close() // the first error says more
		return wrap("preparing the session", err)
	}
	return nil
}

// pins returns the SQL that gives the session its settings.
func (d *Database) pins() string { return pinning(settingsFor(d.config.RuntimeParams)) }

// simple runs SQL, which may be several statements, by the simple protocol.
func simple(ctx context.Context, conn *pgx.Conn, sql string) ([]*pgconn.Result, error) {
	return conn.PgConn().Exec(ctx, sql).ReadAll()
}

// A beginning is what a session is like before anything is set in it.
type beginning struct {
	pid     uint32 // of the server's process
	standby bool
	limited bool // it begins with a limit of time
}

// look looks at a session and leaves it as it is.
func look(ctx context.Context, conn *pgx.Conn) (beginning, error) {
	results, err := simple(ctx, conn, `BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL search_path = pg_catalog;
		SELECT pg_backend_pid(), pg_is_in_recovery(), EXISTS (SELECT FROM pg_settings
			WHERE name IN ('statement_timeout', 'idle_session_timeout', 'transaction_timeout') AND reset_val <> '0'); COMMIT`)
	if err != nil {
		return beginning{}, err
	}
	for _, result := range results {
		if len(result.Rows) == 1 {
			row := result.Rows[0]
			pid, err := strconv.ParseUint(string(row[0]), 10, 32)
			return beginning{uint32(pid), string(row[1]) == "t", string(row[2]) == "t"}, err
		}
	}
	return beginning{}, errNoAnswer
}

// unlimited connects anew without the limits of time that a role or a database sets
// for its sessions: they would hold whenever the settings are reset, and may end the
// session before it has others. Where the limits cannot be taken away from the
// beginning, as through some poolers, the session stays as it is, if it can be used.
func (d *Database) unlimited(ctx context.Context, first beginning, failed error) (beginning, error) {
	if ctx.Err() != nil || failed != nil && !d.conn.IsClosed() && codeOf(failed) != queryCanceled {
		return first, failed
	}
	config := d.config.Copy()
	version := serverVersion(d.conn)
	for name, since := range map[string]int{"statement_timeout": 0, "idle_session_timeout": 14, "transaction_timeout": 17} {
		if version >= since {
			config.RuntimeParams[name] = "0"
		}
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil && failed == nil {
		return first, nil
	}
	if err != nil {
		return first, errors.Join(failed, err)
	}
	_ = d.Close() // if it is not closed already
	d.config, d.conn = config, conn
	return look(ctx, conn)
}

// The codes of PostgreSQL's that are told apart.
const (
	queryCanceled    = "57014"
	lockNotAvailable = "55P03"
	deadlockDetected = "40P01"
	notAllowed       = "42501"

	protocolViolation = "08P01"
)

// codeOf returns PostgreSQL's code of an error, or "" if it has none.
func codeOf(err error) string {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return server.Code
	}
	return ""
}

// serverVersion returns the major version that a server says it has, 0 if it is
// none that can be read.
func serverVersion(conn *pgx.Conn) int {
	text := conn.PgConn().ParameterStatus("server_version")
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	major, _ := strconv.Atoi(text[:digits])
	return major
}

// unpinned explains why the session cannot have its settings.
func unpinned(err error) error {
	if codeOf(err) != notAllowed {
		return err
	}
	return problem("WH5011", fmt.Sprintf("the sessions of this user run with %s = replica, in which triggers and foreign keys do nothing", replicationRole),
		"The server says: "+err.Error(),
		"have a superuser take it back: ALTER ROLE ... RESET "+replicationRole+"; ALTER DATABASE ... RESET "+replicationRole)
}

// another opens a second connection to the same database. Its settings are those of
// the server.
func (d *Database) another(ctx context.Context) (*pgx.Conn, error) {
	config := d.config.Copy()
	config.OnNotice = nil
	return pgx.ConnectConfig(ctx, config)
}
