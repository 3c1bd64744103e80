package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/detect"
)

// The most that the queries of one plugin may return.
const (
	maxCatalogRows  = 1_000_000
	maxCatalogBytes = 64 << 20
	catalogPage     = "FETCH FORWARD 1000 FROM whimbrel_catalog"
)

// A CatalogReader runs queries that somebody else wrote, such as those of a
// plugin, over the catalog of a database.
type CatalogReader struct {
	// URL is where to connect.
	URL string
	// Powerful allows a user that could read files or run programs on the server's
	// machine, or become one who can.
	Powerful bool
}

// Read runs the queries that are for the server's version, all in one snapshot,
// and returns their rows and the version, such as 150018.
//
// Each query is the SELECT of a cursor in a transaction that is read-only and
// always rolled back, and calls no volatile function: that is checked before it
// is run. It has 5 seconds, waits for no lock, and its rows are limited. What is
// refused or fails is a diag.Diagnostic.
func (r CatalogReader) Read(ctx context.Context, queries []detect.CatalogQuery) ([]detect.CatalogRows, int, error) {
	d, err := Connect(ctx, r.URL)
	if err != nil {
		return nil, 0, err
	}
	defer d.Close()
	server, err := d.ServerVersion(ctx)
	if err != nil {
		return nil, 0, err
	}
	if err := r.admit(ctx, d); err != nil {
		return nil, server, err
	}
	rows, err := d.readCatalog(ctx, queries, server/10000)
	return rows, server, err
}

// readOnly begins the transaction. After its first query it cannot be made one
// that writes.
var readOnly = []string{
	"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
	"SELECT 1",
	"SET LOCAL statement_timeout = '5s'",
	"SET LOCAL lock_timeout = '100ms'",
	"SET LOCAL idle_in_transaction_session_timeout = '60s'",
	"SET LOCAL search_path = pg_catalog",
	"SET LOCAL standard_conforming_strings = on",
	"SET LOCAL quote_all_identifiers = off",
	"SET LOCAL timezone = 'UTC'",
	"SET LOCAL datestyle = 'ISO'",
	"SET LOCAL bytea_output = 'hex'",
}

func (d *Database) readCatalog(ctx context.Context, queries []detect.CatalogQuery, major int) ([]detect.CatalogRows, error) {
	for _, sql := range readOnly {
		if _, err := d.conn.Exec(ctx, sql); err != nil {
			return nil, wrap("reading the catalog", err)
		}
	}
	defer func() { _, _ = d.conn.Exec(context.WithoutCancel(ctx), "ROLLBACK") }() // the connection is closed anyway
	limits := &catalogLimits{rows: maxCatalogRows, bytes: maxCatalogBytes}
	var answers []detect.CatalogRows
	for _, q := range queries {
		if q.MinServer > major || q.MaxServer > 0 && q.MaxServer < major {
			continue
		}
		rows, err := d.catalogRows(ctx, q, limits)
		if err != nil {
			return nil, err
		}
		answers = append(answers, rows)
	}
	return answers, nil
}

// catalogRows runs one query, page by page.
func (d *Database) catalogRows(ctx context.Context, q detect.CatalogQuery, limits *catalogLimits) (detect.CatalogRows, error) {
	answer := detect.CatalogRows{Query: q.Name}
	sql := strings.TrimRight(q.SQL, "; \t\r\n")
	if err := d.harmless(ctx, q.Name, sql); err != nil {
		return answer, err
	}
	// The extended protocol takes one statement only, and a cursor only a SELECT.
	declare := "DECLARE whimbrel_catalog NO SCROLL CURSOR FOR\n" + sql
	if result := d.conn.PgConn().ExecParams(ctx, declare, nil, nil, nil, nil).Read(); result.Err != nil {
		return answer, catalogFailed(ctx, q.Name, result.Err)
	}
	for {
		count, err := d.catalogPage(ctx, &answer, limits)
		switch {
		case err != nil:
			return answer, catalogFailed(ctx, q.Name, err)
		case limits.exceeded():
			return answer, tooMuchCatalog(q.Name)
		case count == 0:
			_, err := d.conn.Exec(ctx, "CLOSE whimbrel_catalog")
			return answer, wrap("reading the catalog", err)
		}
	}
}

// catalogPage adds the next rows to an answer and returns how many they are.
func (d *Database) catalogPage(ctx context.Context, answer *detect.CatalogRows, limits *catalogLimits) (int, error) {
	page := d.conn.PgConn().ExecParams(ctx, catalogPage, nil, nil, nil, nil)
	if answer.Columns == nil {
		for _, field := range page.FieldDescriptions() {
			answer.Columns = append(answer.Columns, field.Name)
		}
	}
	count := 0
	for page.NextRow() {
		if count++; !limits.exceeded() {
			answer.Rows = append(answer.Rows, limits.cells(page.Values()))
		}
	}
	_, err := page.Close()
	return count, err
}

// catalogLimits count down what may still be read.
type catalogLimits struct{ rows, bytes int }

func (l *catalogLimits) exceeded() bool { return l.rows < 0 || l.bytes < 0 }

// cells returns a row as text, nil for NULL.
func (l *catalogLimits) cells(row [][]byte) []*string {
	l.rows--
	cells := make([]*string, len(row))
	for i, cell := range row {
		if cell == nil {
			continue
		}
		l.bytes -= len(cell)
		text := string(cell)
		cells[i] = &text
	}
	return cells
}

func tooMuchCatalog(query string) error {
	return problem("WH5503", fmt.Sprintf("the catalog query %q returns too much", query),
		fmt.Sprintf("All queries of a plugin together may return %d rows and %d MiB.", maxCatalogRows, maxCatalogBytes>>20),
		"report it to the author of the plugin")
}

func catalogFailed(ctx context.Context, query string, err error) error {
	var server *pgconn.PgError
	if !errors.As(err, &server) || ctx.Err() != nil {
		return wrap("reading the catalog", err)
	}
	return problem("WH5502", fmt.Sprintf("the catalog query %q failed", query),
		fmt.Sprintf("The server says: %s (SQLSTATE %s).", server.Message, server.Code),
		"report it to the author of the plugin; if a right is missing, give another --catalog-url")
}

// admit refuses users with whose rights a query could do more than read.
func (r CatalogReader) admit(ctx context.Context, d *Database) error {
	if r.Powerful {
		return nil
	}
	var user string
	var powerful bool
	err := d.conn.QueryRow(ctx, powers).Scan(&user, &powerful)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return wrap("reading what the user may do", err)
	}
	if powerful || err != nil {
		return problem("WH5501", fmt.Sprintf("the catalog is not read for a plugin as %q, who can do everything on the server", user),
			"The queries of a plugin are somebody else's SQL. As a superuser, or with the rights to read files or run programs of the server, "+
				"they could do more than read.",
			"give the URL of an ordinary user as --catalog-url, or as catalog_url in the environment's block; or --inspect-as-superuser")
	}
	return nil
}

// powers tells whether the user is, or can become, one who is not confined.
const powers = `SELECT session_user::text, session_user <> current_user OR EXISTS (
	SELECT FROM pg_catalog.pg_roles r
	WHERE (r.rolsuper OR r.rolreplication OR r.rolname IN ('pg_read_server_files', 'pg_write_server_files',
			'pg_execute_server_program', 'pg_signal_backend', 'pg_checkpoint', 'pg_maintain', 'pg_write_all_data'))
		AND pg_catalog.pg_has_role(session_user, r.oid, 'MEMBER'))`
