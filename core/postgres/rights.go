package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A rights is what the user may do with the record of a database.
type rights struct {
	user, database   string
	schema           bool   // there is one
	owner            string // of the schema
	schemas, use     bool   // make schemas in the database; use the schema
	create, writeAll bool   // make tables in the schema; write to those that are there
}

// rightsOn asks the catalog, which needs no right.
func rightsOn(ctx context.Context, conn *pgx.Conn) (rights, error) {
	var r rights
	err := conn.QueryRow(ctx, `SELECT current_user, pg_catalog.current_database(), n.oid IS NOT NULL,
			coalesce(pg_catalog.pg_get_userbyid(n.nspowner)::text, ''),
			pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'),
			coalesce(pg_catalog.has_schema_privilege(n.oid, 'USAGE'), false), coalesce(pg_catalog.has_schema_privilege(n.oid, 'CREATE'), false),
			(SELECT coalesce(bool_and(pg_catalog.has_table_privilege(c.oid, 'SELECT') AND pg_catalog.has_table_privilege(c.oid, 'INSERT')
				AND (c.relname IN ('operation_log', 'journal') OR pg_catalog.has_table_privilege(c.oid, 'DELETE'))), true)
			 FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND c.relname IN ('migrations', 'operation_log', 'definitions', 'journal'))
		FROM (VALUES (0)) AS always LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = $1`, Schema).
		Scan(&r.user, &r.database, &r.schema, &r.owner, &r.schemas, &r.use, &r.create, &r.writeAll)
	return r, wrap("looking for the rights on the schema "+Schema, err)
}

// toMake returns the problem of a user who cannot make the record, nil if there is
// none.
func (r rights) toMake() error {
	user := address.Quote(r.user)
	switch {
	case !r.schema && !r.schemas:
		return problem("WH5102", "the user may not make the schema \"whimbrel\", which holds the record of migrations",
			fmt.Sprintf("User %q has no right to make schemas in the database %q.", r.user, r.database),
			fmt.Sprintf("have the owner of the database run: GRANT CREATE ON DATABASE %s TO %s; or have the schema made for you: "+
				"CREATE SCHEMA whimbrel AUTHORIZATION %s", address.Quote(r.database), user, user))
	case r.schema && !(r.use && r.create):
		return problem("WH5104", "the user may not make the record of migrations in the schema \"whimbrel\"",
			fmt.Sprintf("The schema is there, without the record; it is owned by %q, and user %q may not make tables in it.", r.owner, r.user),
			fmt.Sprintf("have %s run: GRANT USAGE, CREATE ON SCHEMA whimbrel TO %s", address.Quote(r.owner), user))
	}
	return nil
}

// toWrite returns the problem of a user who cannot write to the record, nil if there
// is none.
func (r rights) toWrite() error {
	if r.use && r.writeAll {
		return nil
	}
	return problem("WH5103", "the user may not use the record of migrations in the schema \"whimbrel\"",
		fmt.Sprintf("It was made by %q, and user %q may not write to it.", r.owner, r.user), r.grant())
}

// grant says how one user lets another one migrate the database too. Nothing is taken
// out of the logs.
func (r rights) grant() string {
	owner, user := address.Quote(r.owner), address.Quote(r.user)
	return fmt.Sprintf("connect as %s; or have it let the user do the same: GRANT %s TO %s; or let it write the record only: "+
		"GRANT USAGE ON SCHEMA whimbrel TO %s; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA whimbrel TO %s; "+
		"GRANT DELETE ON whimbrel.migrations, whimbrel.definitions TO %s", owner, owner, user, user, user, user)
}

// unreadableRecord reports a record that the user may not even read.
func unreadableRecord(err error) error {
	return problem("WH5105", "the user may not read the record of migrations in the schema \"whimbrel\"", "The server says: "+err.Error(),
		"connect as the user who migrates this database, or have that user run: GRANT USAGE ON SCHEMA whimbrel TO ...; "+
			"GRANT SELECT ON ALL TABLES IN SCHEMA whimbrel TO ...")
}
