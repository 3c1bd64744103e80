package postgres

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A setting is a parameter of a session and the value that whimbrel gives it.
type setting struct{ name, value string }

// settings returns the parameters whose value is whimbrel's, whatever the server's
// file, ALTER ROLE, ALTER DATABASE or PGOPTIONS say: what a migration does must not
// depend on who runs it. They are those that change what SQL means, how values are
// written and read, or that can end a statement or the session. Each has the value
// that PostgreSQL comes with; the time zone is UTC.
//
// Not among them is what is the database's own business: where it puts things
// (default_tablespace, default_table_access_method), in what form it writes them
// (default_toast_compression), how safely (synchronous_commit), how it plans, in what
// language it speaks and sorts (lc_*, default_text_search_config), and the role that a
// user has there from the beginning.
func settings() []setting {
	return []setting{
		{"array_nulls", "on"},
		{"backslash_quote", "safe_encoding"},
		{"bytea_output", "hex"},
		{"check_function_bodies", "on"},
		{"client_encoding", "UTF8"},
		{"client_min_messages", "notice"},
		{"DateStyle", "ISO, MDY"},
		{"default_transaction_deferrable", "off"},
		{"default_transaction_isolation", "read committed"},
		{"default_transaction_read_only", "off"},
		{"exit_on_error", "off"},
		{"extra_float_digits", "1"},
		{"idle_in_transaction_session_timeout", "0"},
		{"idle_session_timeout", "0"},
		{"IntervalStyle", "postgres"},
		{"lock_timeout", "0"},
		{"quote_all_identifiers", "off"},
		{"restrict_nonsystem_relation_kind", ""},
		{"row_security", "on"},
		{searchPath, `"$user", public`},
		{replicationRole, "origin"},
		{"standard_conforming_strings", "on"},
		{"statement_timeout", "0"},
		{"TimeZone", "UTC"},
		{"timezone_abbreviations", "Default"},
		{"transaction_timeout", "0"},
		{"transform_null_equals", "off"},
		{"xmlbinary", "base64"},
		{"xmloption", "content"},
	}
}

const (
	searchPath = "search_path"
	// Only a superuser can change it, for a role and for a session.
	replicationRole = "session_replication_role"
)

// pinning returns the SQL that gives the session its settings. What the server does
// not know, or has as it should be, is left alone.
func pinning(list []setting) string {
	return "SET search_path = pg_catalog; " + pins(list, "false")
}

// pinningLocally returns the SQL that gives a transaction its settings, with nothing
// but the catalog on the search path.
func pinningLocally() string {
	var list []setting
	for _, s := range settings() {
		if s.name != searchPath && s.name != replicationRole {
			list = append(list, s)
		}
	}
	list = append(list, setting{"jit", "off"})
	return "SET LOCAL search_path = pg_catalog; " + pins(list, "true") + "; SET LOCAL search_path = ''"
}

func pins(list []setting, local string) string {
	rows := make([]string, len(list))
	for i, s := range list {
		rows[i] = "(" + address.Literal(s.name) + ", " + address.Literal(s.value) + ")"
	}
	return "SELECT set_config(s.name, pin.value, " + local + ") FROM (VALUES " + strings.Join(rows, ", ") +
		") AS pin (name, value) JOIN pg_settings s ON s.name = pin.name WHERE s.setting <> pin.value"
}

// anew returns the SQL that undoes whatever a script has set for the session, and has
// the server notice within a second when this process is gone. Which settings the
// server has is asked once: reading them takes longer than most statements of a
// migration.
func (d *Database) anew(ctx context.Context) (string, error) {
	if d.again != "" {
		return d.again, nil
	}
	own, err := d.setting(ctx)
	if err != nil {
		return "", wrap("reading the settings", err)
	}
	d.again = "SET SESSION AUTHORIZATION DEFAULT; RESET ROLE; RESET ALL; " + own
	// Servers before 14 have no such setting, and some systems cannot do it.
	const watchful = "; SET client_connection_check_interval = '1s'"
	if _, err := simple(ctx, d.conn, watchful); err == nil {
		d.again += watchful
	}
	return d.again, ctx.Err()
}

// setting returns the SQL that sets what the server has of the settings; those that
// only a superuser can set where a reset would give them another value.
func (d *Database) setting(ctx context.Context) (string, error) {
	list := settingsFor(d.config.RuntimeParams)
	names, values := make([]string, len(list)), make([]string, len(list))
	for i, s := range list {
		names[i], values[i] = s.name, s.value
	}
	rows, err := d.conn.Query(ctx, `SELECT pg_catalog.format('pg_catalog.set_config(%L, %L, false)', s.name, pin.value)
		FROM ROWS FROM (pg_catalog.unnest($1::text[]), pg_catalog.unnest($2::text[])) AS pin(name, value)
		JOIN pg_catalog.pg_settings s ON s.name = pin.name
		WHERE s.context <> 'superuser' OR s.reset_val IS DISTINCT FROM pin.value`, names, values)
	if err != nil {
		return "", err
	}
	sets, err := pgx.CollectRows(rows, pgx.RowTo[string])
	return "SELECT " + strings.Join(sets, ", "), err
}

// settingsFor returns the settings of a session whose connection string has
// parameters: the search path that it names is meant.
func settingsFor(parameters map[string]string) []setting {
	list := settings()
	for i, s := range list {
		if path := parameters[searchPath]; s.name == searchPath && path != "" {
			list[i].value = path
		}
	}
	return list
}
