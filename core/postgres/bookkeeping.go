package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Schema is the schema that holds whimbrel's record of a database, and nothing else.
const Schema = "whimbrel"

// schemaSQL makes the schema, where it is not there already.
const schemaSQL = `CREATE SCHEMA whimbrel; COMMENT ON SCHEMA whimbrel IS 'The record of the migrations that whimbrel applied'`

// layouts returns the statements that bring the record from each version to the
// next: the first makes version 1, in a schema that is there. What has been released
// is never changed here, only continued.
func layouts() []string {
	return []string{`
CREATE TABLE whimbrel.layout (version integer NOT NULL);
INSERT INTO whimbrel.layout VALUES (0);

CREATE TABLE whimbrel.migrations (
	app text NOT NULL,
	id text NOT NULL,
	position bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
	checksum text NOT NULL,
	applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
	duration interval NOT NULL,
	operations integer NOT NULL,
	version text NOT NULL,
	faked boolean NOT NULL,
	script text NOT NULL,
	PRIMARY KEY (app, id)
);
COMMENT ON TABLE whimbrel.migrations IS 'What is applied, in the order of position; script is the text of its file';

CREATE TABLE whimbrel.operation_log (
	id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	app text NOT NULL,
	migration text NOT NULL,
	operation integer NOT NULL,
	kind text NOT NULL,
	target text NOT NULL,
	checksum text NOT NULL,
	direction text NOT NULL CHECK (direction IN ('up', 'down')),
	phase text NOT NULL CHECK (phase IN ('intent', 'done', 'failed')),
	at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX operation_log_last ON whimbrel.operation_log (app, migration, operation, id);
COMMENT ON TABLE whimbrel.operation_log IS 'Each operation ever run; its last row says what has become of it';

CREATE TABLE whimbrel.object_state (
	address text PRIMARY KEY,
	definition text NOT NULL,
	app text NOT NULL,
	migration text NOT NULL,
	recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE whimbrel.object_state IS 'The definitions of objects as the server read them back';
`, `
CREATE TABLE whimbrel.definitions (
	object text PRIMARY KEY,
	kind text NOT NULL,
	schema text NOT NULL,
	name text NOT NULL,
	whole text NOT NULL,
	definition text NOT NULL,
	app text NOT NULL,
	migration text NOT NULL,
	ours boolean NOT NULL,
	recorded_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE whimbrel.definitions IS 'The objects as the server defined them when the migration was applied; those that are not ours were there before';
`, `
CREATE TABLE whimbrel.journal (
	id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
	action text NOT NULL,
	app text NOT NULL,
	migration text NOT NULL,
	operation integer,
	duration interval,
	db_user text NOT NULL DEFAULT session_user,
	operator text NOT NULL,
	address inet DEFAULT pg_catalog.inet_client_addr(),
	application text NOT NULL DEFAULT pg_catalog.current_setting('application_name'),
	version text NOT NULL,
	detail text NOT NULL
);
COMMENT ON TABLE whimbrel.journal IS 'Who did what with migrations, when, from where, how long; rows are only ever added';
REVOKE UPDATE, DELETE, TRUNCATE ON whimbrel.journal FROM CURRENT_USER;
`}
}

// prepare makes the record, or brings that of an older whimbrel up to date. The
// caller holds the lock.
func prepare(ctx context.Context, conn *pgx.Conn) error {
	version, err := layoutVersion(ctx, conn)
	if err != nil {
		return err
	}
	steps := layouts()
	if version > len(steps) {
		return problem("WH5101", "the database's record was written by a newer whimbrel",
			fmt.Sprintf("Its layout is version %d; this whimbrel knows versions up to %d.", version, len(steps)), "upgrade whimbrel")
	}
	rights, err := rightsOn(ctx, conn)
	if err != nil {
		return err
	}
	if version == len(steps) {
		return rights.toWrite()
	}
	if err := rights.toMake(); err != nil {
		return err
	}
	return upgrade(ctx, conn, version, rights.schema)
}

func upgrade(ctx context.Context, conn *pgx.Conn, version int, schema bool) error {
	steps := layouts()[version:]
	if !schema {
		steps = append([]string{schemaSQL}, steps...)
	}
	err := pgx.BeginTxFunc(ctx, conn, writing, func(tx pgx.Tx) error {
		for _, sql := range steps {
			if _, err := tx.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, "DELETE FROM whimbrel.layout"); err != nil { // UPDATE would be one more right
			return err
		}
		_, err := tx.Exec(ctx, "INSERT INTO whimbrel.layout VALUES ($1::int)", len(layouts()))
		return err
	})
	return wrap("making the schema "+Schema, err)
}

// A querier runs queries: a connection or a transaction.
type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// layoutVersion returns the version of the record, 0 if there is none.
func layoutVersion(ctx context.Context, on querier) (int, error) {
	var there bool // the function to_regclass would need a right on the schema
	err := on.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname = 'whimbrel' AND c.relname = 'layout')`).Scan(&there)
	if err != nil || !there {
		return 0, wrap("looking for the schema "+Schema, err)
	}
	var version int
	err = on.QueryRow(ctx, "SELECT version FROM whimbrel.layout").Scan(&version)
	if codeOf(err) == notAllowed {
		return 0, unreadableRecord(err)
	}
	return version, wrap("reading the schema "+Schema, err)
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
