package postgres

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// unreadable reports a connection string that is none. Neither it nor the driver's
// error is shown: nobody can say which part of it is the password.
func unreadable(err error) error {
	var missing *fs.PathError
	if errors.As(err, &missing) {
		return problem("WH5001", "the connection needs a file that cannot be read: "+missing.Error(), "", "")
	}
	return problem("WH5001", "what names the database is not a connection string of PostgreSQL",
		"It is a URL or a list of key=value pairs. It is not shown here, as it may hold a password. Special characters in a password have to be "+
			"percent-encoded in a URL, such as %40 for @ and %2F for /.",
		"write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE")
}

// refused explains why there is no connection.
func refused(config *pgx.ConnConfig, err error) error {
	var server *pgconn.PgError
	if errors.As(err, &server) {
		return refusedByServer(config, server)
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("connecting to %s: %w", place(config), context.Canceled)
	}
	return unreached(config, err)
}

func refusedByServer(config *pgx.ConnConfig, err *pgconn.PgError) error {
	at := "The server at " + place(config) + " says: " + err.Message
	switch err.Code {
	case "28P01":
		return problem("WH5003", fmt.Sprintf("wrong password for user %q", config.User), at,
			"correct the password in the URL, PGPASSWORD or ~/.pgpass")
	case "28000":
		return problem("WH5004", fmt.Sprintf("user %q may not connect", config.User), at,
			"correct the user in the URL, or allow the connection in the server's pg_hba.conf; if it says \"no encryption\", add sslmode=require to the URL")
	case "3D000":
		return problem(noSuchDatabase, fmt.Sprintf("there is no database %q", config.Database), at,
			"correct the name in the URL, or create it: "+createdb(config))
	case "53300":
		return problem("WH5006", "the server takes no more connections", at, "try again later, or raise max_connections")
	case "57P03":
		return problem("WH5006", "the server is starting or stopping", at, "try again in a moment")
	}
	return problem("WH5006", "the server refused the connection", at+" (SQLSTATE "+err.Code+")", "")
}

const noSuchDatabase = "WH5005"

// IsNoDatabase reports whether Connect has failed because the server has no database
// of that name.
func IsNoDatabase(err error) bool {
	var d diag.Diagnostic
	return errors.As(err, &d) && d.Code == noSuchDatabase
}

func createdb(config *pgx.ConnConfig) string {
	return fmt.Sprintf("createdb -h %s -p %d -U %s %s", config.Host, config.Port, config.User, config.Database)
}

func unreached(config *pgx.ConnConfig, err error) error {
	at := strings.Join(addresses(config), ", ")
	var unknown *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return problem("WH5002", "no server at "+at, "Nothing listens there.",
			"start PostgreSQL, or correct host and port: --url, WHIMBREL_URL, DATABASE_URL or PGHOST and PGPORT")
	case errors.As(err, &unknown):
		return problem("WH5002", fmt.Sprintf("there is no host %q", unknown.Name), unknown.Error(), "correct the host in the URL")
	case isTLS(err):
		return problem("WH5007", "no encrypted connection to "+at, lastLine(err),
			"set sslmode (disable, require or verify-full) and sslrootcert in the URL as the server needs it")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return problem("WH5002", "the server at "+at+" does not answer", "A firewall may drop the connection.",
			"check that "+at+" can be reached from here")
	}
	return problem("WH5006", "no connection to "+place(config), lastLine(err), "")
}

func isTLS(err error) bool {
	var record tls.RecordHeaderError
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var alert tls.AlertError
	return errors.As(err, &record) || errors.As(err, &certificate) || errors.As(err, &authority) ||
		errors.As(err, &alert) || strings.Contains(err.Error(), "server refused TLS connection")
}

// lastLine returns the innermost reason in the driver's error; the outer ones
// repeat the address.
func lastLine(err error) string {
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

func problem(code, summary, detail, next string) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Code: code, Summary: summary, Detail: detail, Next: next}
}

// unnamed reports a connection string without a database: the server would take one
// that is called like the user.
func unnamed(config *pgx.ConnConfig) error {
	return problem("WH5008", "no database is named",
		fmt.Sprintf("The connection would lead to %s as user %q.", strings.Join(addresses(config), ", "), config.User),
		"add the database to the URL, as in postgres://user@host:port/name, or set PGDATABASE")
}
