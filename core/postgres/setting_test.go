package postgres_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// worst are values that make other things of the same SQL, write values in other
// forms, or end statements and sessions at once.
var worst = map[string]string{
	"array_nulls":                         "off",
	"backslash_quote":                     "off",
	"bytea_output":                        "escape",
	"check_function_bodies":               "off",
	"client_encoding":                     "LATIN1",
	"client_min_messages":                 "error",
	"datestyle":                           "German, DMY",
	"default_transaction_deferrable":      "on",
	"default_transaction_isolation":       "serializable",
	"default_transaction_read_only":       "on",
	"exit_on_error":                       "on",
	"extra_float_digits":                  "-15",
	"idle_in_transaction_session_timeout": "1",
	"idle_session_timeout":                "1",
	"intervalstyle":                       "sql_standard",
	"lock_timeout":                        "1",
	"quote_all_identifiers":               "on",
	"restrict_nonsystem_relation_kind":    "view, foreign-table",
	"row_security":                        "off",
	"search_path":                         "evil, pg_catalog",
	"session_replication_role":            "replica",
	"standard_conforming_strings":         "off",
	"statement_timeout":                   "1",
	"timezone":                            "Asia/Kathmandu",
	"timezone_abbreviations":              "India",
	"transaction_timeout":                 "1",
	"transform_null_equals":               "on",
	"xmlbinary":                           "hex",
	"xmloption":                           "document",
}

// sensitive is SQL that each of the settings would make something else of, or end.
var sensitive = []string{
	`CREATE TABLE "größe" (
		id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
		name text DEFAULT 'é\' CHECK ((name = NULL) IS NULL),
		at timestamptz DEFAULT '2026-01-02 03:04',
		india timestamptz DEFAULT '2026-01-02 03:04 IST',
		day date DEFAULT '01/02/2026',
		span interval DEFAULT '-1 2:03',
		half double precision DEFAULT 0.1::real,
		raw bytea DEFAULT '\x00ff',
		list text[] DEFAULT '{a,NULL}',
		doc xml DEFAULT xmlelement(name x, '\x00ff'::bytea),
		parts xml DEFAULT '<a/><b/>',
		digits text DEFAULT (0.1::real)::double precision::text,
		hex text DEFAULT '\x00ff'::bytea::text,
		quoted text DEFAULT E'\''
	)`,
	`COMMENT ON TABLE "größe" IS 'Übergröße'`,
	`CREATE VIEW v AS SELECT name, length(name) FROM "größe"; CREATE VIEW w AS SELECT * FROM v; SELECT count(*) FROM w`,
	`CREATE TABLE child (parent bigint REFERENCES "größe")`,
	`INSERT INTO "größe" DEFAULT VALUES; SELECT pg_sleep(0.02)`,
	`DO $$BEGIN
		RAISE NOTICE 'heard';
		BEGIN
			INSERT INTO child VALUES (99);
			RAISE EXCEPTION 'a foreign key did nothing';
		EXCEPTION WHEN foreign_key_violation THEN
		END;
		BEGIN
			EXECUTE 'CREATE FUNCTION wrong() RETURNS int LANGUAGE sql AS ''SELECT missing''';
			RAISE EXCEPTION 'a body was not checked';
		EXCEPTION WHEN undefined_column THEN
		END;
	END$$`,
	`CREATE INDEX CONCURRENTLY "größe_name" ON "größe" (name)`,
}

// What a migration makes of a database, and what whimbrel reads there, do not depend
// on what the server, the database and the user say of sessions.
func TestSettingsAreTheRunners(t *testing.T) {
	t.Parallel()
	for _, binaries := range scratch.Installed(t.Context()) {
		server, err := scratch.Start(t.Context(), scratch.Private(), scratch.Binaries(binaries))
		require.NoError(t, err)
		t.Cleanup(func() { server.Close() })
		plain, err := server.CreateDatabase(t.Context(), "plain")
		require.NoError(t, err)
		for _, sql := range sensitive {
			run(t, plain, sql)
		}
		want, err := postgres.Snapshot(t.Context(), plain)
		require.NoError(t, err)
		row := value(t, plain, `SELECT g FROM "größe" g`)
		for _, how := range []struct{ encoding, who string }{
			{"UTF8", "DATABASE hostile"}, {"LATIN1", "ROLE ann"}, {"UTF8", "ROLE ann IN DATABASE hostile"}, {"SQL_ASCII", "DATABASE hostile"},
		} {
			t.Run(binaries+" "+how.encoding+" "+how.who, func(t *testing.T) {
				url, peace := hostile(t, server, how.encoding, how.who)
				s := migrateHostile(t, url)
				peace()
				got, err := postgres.Snapshot(t.Context(), url)
				require.NoError(t, err)
				require.Equal(t, want, got)
				url += "&client_encoding=UTF8"
				require.Equal(t, row, value(t, url, `SELECT g FROM "größe" g`))
				require.Equal(t, s.Text, value(t, url, `SELECT script FROM whimbrel.migrations`))
			})
		}
	}
}

// hostile returns the URL of a database with all the worst settings, and a function
// that takes them back.
func hostile(t *testing.T, server *scratch.Server, encoding, who string) (at string, peace func()) {
	t.Helper()
	admin := session(t, server.URL("postgres"))
	do := func(sql string) {
		_, err := admin.Exec(context.Background(), sql, pgx.QueryExecModeSimpleProtocol)
		require.NoError(t, err)
	}
	do(`CREATE ROLE ann SUPERUSER LOGIN`)
	do(`CREATE DATABASE hostile OWNER ann TEMPLATE template0 ENCODING ` + address.Literal(encoding) + ` LC_COLLATE 'C' LC_CTYPE 'C'`)
	t.Cleanup(func() { do(`DROP DATABASE hostile WITH (FORCE)`); do(`DROP ROLE ann`) })
	at = as(t, server.URL("hostile"), "ann")
	run(t, at, `CREATE SCHEMA evil; CREATE FUNCTION evil.length(text) RETURNS int LANGUAGE sql AS 'SELECT 1/0'`)
	for name, value := range worst {
		var known bool
		require.NoError(t, admin.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_settings WHERE lower(name) = $1)`, name).Scan(&known))
		if known {
			if name != "search_path" {
				value = address.Literal(value)
			}
			do(`ALTER ` + who + ` SET ` + name + ` = ` + value)
		}
	}
	return at, func() {
		do(`ALTER ` + who + ` RESET ALL`)
		run(t, at, `DROP SCHEMA evil CASCADE`)
	}
}

// as returns a URL for another user.
func as(t *testing.T, at, user string) string {
	t.Helper()
	u, err := url.Parse(at)
	require.NoError(t, err)
	u.User = url.User(user)
	return u.String()
}

// migrateHostile goes up, back and up again, each time in a session of its own, and
// reads what is there.
func migrateHostile(t *testing.T, at string) postgres.Script {
	t.Helper()
	begin := time.Now()
	s := mode(script("20260101000000_größe", sensitive...), len(sensitive), operation.Outside)
	s.Text = "-- größer als bisher"
	s = down(s, `DROP TABLE "größe"`, ``, `DROP VIEW w, v`, `DROP TABLE child`, ``, ``, `DROP INDEX CONCURRENTLY "größe_name"`)
	var heard listener
	for _, way := range []func(*postgres.Executor) error{
		func(e *postgres.Executor) error { return e.Apply(t.Context(), s, &heard) },
		func(e *postgres.Executor) error { return e.Rollback(t.Context(), s, nil) },
		func(e *postgres.Executor) error { return e.Fake(t.Context(), s, postgres.Up) },
		func(e *postgres.Executor) error { return e.Settle(t.Context(), s, 7, true) },
		func(e *postgres.Executor) error { return e.Fake(t.Context(), s, postgres.Down) },
		func(e *postgres.Executor) error { return e.Apply(t.Context(), s, nil) },
	} {
		db, err := postgres.Connect(t.Context(), at)
		require.NoError(t, err)
		e, err := postgres.Open(t.Context(), db, postgres.Options{Version: "test", LockTimeout: 10 * time.Second})
		require.NoError(t, err)
		require.NoError(t, way(e))
		require.NoError(t, e.Close())
		require.NoError(t, db.Close())
	}
	require.Contains(t, heard.messages, "heard")
	db, err := postgres.Connect(t.Context(), at)
	require.NoError(t, err)
	defer db.Close()
	applied, err := db.Applied(t.Context())
	require.NoError(t, err)
	require.Len(t, applied, 1)
	require.Equal(t, "20260101000000_größe", applied[0].ID)
	require.WithinRange(t, applied[0].At, begin.Add(-time.Minute), time.Now().Add(time.Minute)) // another zone is an hour off
	require.GreaterOrEqual(t, applied[0].Took, 20*time.Millisecond, "an interval is read as it is written")
	text, err := db.Text(t.Context(), "shop", s.ID)
	require.NoError(t, err)
	require.Equal(t, s.Text, text)
	there, err := db.Probe(t.Context(), `SELECT EXISTS (SELECT FROM public."größe" WHERE name = 'é\')`)
	require.NoError(t, err)
	require.True(t, there)
	return s
}

// A character that the database's encoding does not have is shown where it stands,
// be it in a comment.
func TestCharacterThatTheDatabaseDoesNotHave(t *testing.T) {
	t.Parallel()
	server, err := scratch.Start(t.Context(), scratch.Private())
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
	run(t, server.URL("postgres"), `CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'`)
	executor, _ := open(t, server.URL("latin"), postgres.Options{})
	for _, sql := range []string{`SELECT 1`, `SELECT 'für 5 €'`} {
		s := script("20260101000000_a", sql)
		s.Text = "-- first line\n-- für 5 €"
		var failed *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), s, nil), &failed)
		d := failed.Diagnostic()
		require.Equal(t, "migrations/20260101000000_a.sql:2:10", d.Range.String())
		require.Contains(t, d.Next, "ENCODING 'UTF8'")
	}
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a", `SELECT 'für 5'`), nil))
}

// Only a superuser can have triggers do something again.
func TestReplicationRole(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	ann := role(t, url)
	run(t, url, `ALTER ROLE `+ann+` SET session_replication_role = replica`)
	d := failing(t, as(t, url, ann))
	require.Equal(t, "WH5011", d.Code)
	require.Contains(t, d.Next, "ALTER ROLE ... RESET session_replication_role")
}

// The search path of a URL is meant.
func TestSearchPathOfURL(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `CREATE SCHEMA here`)
	executor, _ := open(t, url+"&search_path=here", postgres.Options{})
	for _, id := range []string{"20260101000000_a", "20260102000000_b"} {
		require.NoError(t, executor.Apply(t.Context(), script(id, `CREATE TABLE `+id[15:]+` ()`, `SET search_path = public`), nil))
	}
	require.Equal(t, "a,b", value(t, url, `SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relnamespace = 'here'::regnamespace`))
}

// A listener keeps what the server says.
type listener struct {
	postgres.Silent
	messages []string
}

func (l *listener) Notice(_, message string) { l.messages = append(l.messages, message) }
