package simulation_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// definitions are the kinds of objects that plugins make, each with what goes before it.
var definitions = []struct {
	before, create, drop string
	// again is what is found where nothing drops it, empty for what has no name that is
	// kept.
	again string
	// rename gives it another name, and back the one that it had.
	rename, back string
}{
	{"", "CREATE TEXT SEARCH CONFIGURATION s.x (PARSER = pg_catalog.default)", "DROP TEXT SEARCH CONFIGURATION s.x", "text search configuration s.x", "ALTER TEXT SEARCH CONFIGURATION s.x RENAME TO y", "ALTER TEXT SEARCH CONFIGURATION s.y RENAME TO x"},
	{"", "CREATE TEXT SEARCH CONFIGURATION s.x (COPY = pg_catalog.english)", "DROP TEXT SEARCH CONFIGURATION IF EXISTS s.x CASCADE", "text search configuration s.x", "", ""},
	{"", "CREATE TEXT SEARCH DICTIONARY s.x (TEMPLATE = pg_catalog.simple)", "DROP TEXT SEARCH DICTIONARY s.x", "text search dictionary s.x", "ALTER TEXT SEARCH DICTIONARY s.x RENAME TO y", "ALTER TEXT SEARCH DICTIONARY s.y RENAME TO x"},
	{"", "CREATE TEXT SEARCH PARSER s.x (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype)", "DROP TEXT SEARCH PARSER s.x", "text search parser s.x", "ALTER TEXT SEARCH PARSER s.x RENAME TO y", "ALTER TEXT SEARCH PARSER s.y RENAME TO x"},
	{"", "CREATE TEXT SEARCH TEMPLATE s.x (LEXIZE = dsimple_lexize)", "DROP TEXT SEARCH TEMPLATE s.x", "text search template s.x", "ALTER TEXT SEARCH TEMPLATE s.x SET SCHEMA q", "ALTER TEXT SEARCH TEMPLATE q.x SET SCHEMA s"},
	{"", `CREATE COLLATION s.x FROM pg_catalog."C"`, "DROP COLLATION s.x", "collation s.x", "ALTER COLLATION s.x RENAME TO y", "ALTER COLLATION s.y RENAME TO x"},
	{"", "CREATE CONVERSION s.x FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "DROP CONVERSION s.x", "conversion s.x", "ALTER CONVERSION s.x RENAME TO y", "ALTER CONVERSION s.y RENAME TO x"},
	{"", "CREATE DEFAULT CONVERSION s.x FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8", "DROP CONVERSION s.x", "conversion s.x", "", ""},
	{"CREATE TABLE s.t (a integer, b integer)", "CREATE STATISTICS s.x ON a, b FROM s.t", "DROP STATISTICS s.x", "statistics s.x", "ALTER STATISTICS s.x RENAME TO y", "ALTER STATISTICS s.y RENAME TO x"},
	{"", "CREATE FOREIGN DATA WRAPPER x", "DROP FOREIGN DATA WRAPPER x", "foreign data wrapper x", "ALTER FOREIGN DATA WRAPPER x RENAME TO y", "ALTER FOREIGN DATA WRAPPER y RENAME TO x"},
	{"CREATE FOREIGN DATA WRAPPER w", "CREATE SERVER x FOREIGN DATA WRAPPER w", "DROP SERVER x", "server x", "ALTER SERVER x RENAME TO y", "ALTER SERVER y RENAME TO x"},
	{"CREATE FOREIGN DATA WRAPPER w; CREATE SERVER v FOREIGN DATA WRAPPER w", "CREATE USER MAPPING FOR PUBLIC SERVER v", "DROP USER MAPPING FOR PUBLIC SERVER v", "", "ALTER USER MAPPING FOR PUBLIC SERVER v OPTIONS (ADD a 'b')", "ALTER USER MAPPING FOR PUBLIC SERVER v OPTIONS (DROP a)"},
	{"CREATE FOREIGN DATA WRAPPER w; CREATE SERVER v FOREIGN DATA WRAPPER w", "CREATE FOREIGN TABLE s.x (a integer) SERVER v", "DROP FOREIGN TABLE s.x", "relation s.x", "ALTER FOREIGN TABLE s.x RENAME TO y", "ALTER FOREIGN TABLE s.y RENAME TO x"},
	{"CREATE TABLE s.t (a integer)", "CREATE PUBLICATION x FOR TABLE s.t", "DROP PUBLICATION x", "publication x", "ALTER PUBLICATION x RENAME TO y", "ALTER PUBLICATION y RENAME TO x"},
	{"", "CREATE SUBSCRIPTION x CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = NONE, enabled = false, create_slot = false)", "DROP SUBSCRIPTION x", "subscription x", "ALTER SUBSCRIPTION x RENAME TO y", "ALTER SUBSCRIPTION y RENAME TO x"},
	{"", "CREATE ACCESS METHOD x TYPE TABLE HANDLER heap_tableam_handler", "DROP ACCESS METHOD x", "access method x", "", ""},
	{"", "CREATE TRUSTED PROCEDURAL LANGUAGE x HANDLER plpgsql_call_handler", "DROP PROCEDURAL LANGUAGE x", "language x", "ALTER PROCEDURAL LANGUAGE x RENAME TO y", "ALTER LANGUAGE y RENAME TO x"},
	{"CREATE TYPE s.e AS ENUM ('a')", "CREATE CAST (s.e AS integer) WITH INOUT", "DROP CAST (s.e AS integer)", "", "COMMENT ON CAST (s.e AS integer) IS 'x'", "COMMENT ON CAST (s.e AS integer) IS NULL"},
	{"", "CREATE OPERATOR s.<+> (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer)", "DROP OPERATOR s.<+> (integer, integer)", "", "ALTER OPERATOR s.<+> (integer, integer) SET SCHEMA q", "ALTER OPERATOR q.<+> (integer, integer) SET SCHEMA s"},
	{"", "CREATE OPERATOR FAMILY s.x USING btree", "DROP OPERATOR FAMILY s.x USING btree", "", "ALTER OPERATOR FAMILY s.x USING btree RENAME TO y", "ALTER OPERATOR FAMILY s.y USING btree RENAME TO x"},
	{"CREATE TYPE s.e AS ENUM ('a')", "CREATE OPERATOR CLASS s.x FOR TYPE s.e USING hash AS OPERATOR 1 = (anyenum, anyenum), FUNCTION 1 hashenum(anyenum)", "DROP OPERATOR CLASS s.x USING hash", "", "ALTER OPERATOR CLASS s.x USING hash RENAME TO y", "ALTER OPERATOR CLASS s.y USING hash RENAME TO x"},
	{"", "CREATE TRANSFORM FOR integer LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int4recv(internal))", "DROP TRANSFORM FOR integer LANGUAGE sql", "", "COMMENT ON TRANSFORM FOR integer LANGUAGE sql IS 'x'", "COMMENT ON TRANSFORM FOR integer LANGUAGE sql IS NULL"},
	{"CREATE TABLE s.t (a integer)", "CREATE RULE x AS ON INSERT TO s.t DO ALSO NOTHING", "DROP RULE x ON s.t", "rule s.t.x", "ALTER RULE x ON s.t RENAME TO y", "ALTER RULE y ON s.t RENAME TO x"},
	{"CREATE FUNCTION s.f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'", "CREATE EVENT TRIGGER x ON sql_drop EXECUTE FUNCTION s.f()", "DROP EVENT TRIGGER x", "event trigger x", "ALTER EVENT TRIGGER x RENAME TO y", "ALTER EVENT TRIGGER y RENAME TO x"},
	{"", "CREATE AGGREGATE s.x(integer) (SFUNC = int4pl, STYPE = integer)", "DROP AGGREGATE s.x(integer)", "function s.x(integer)", "ALTER AGGREGATE s.x(integer) RENAME TO y", "ALTER AGGREGATE s.y(integer) RENAME TO x"},
	{"", "CREATE TYPE s.x AS RANGE (SUBTYPE = integer)", "DROP TYPE s.x", "type s.x", "ALTER TYPE s.x RENAME TO y", "ALTER TYPE s.y RENAME TO x"},
	{"SELECT pg_catalog.lo_create(4711)", "COMMENT ON LARGE OBJECT 4711 IS 'x'", "COMMENT ON LARGE OBJECT 4711 IS NULL", "", "", ""},
	{"CREATE TABLE s.t (a integer)", "ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC", "ALTER DEFAULT PRIVILEGES IN SCHEMA s REVOKE SELECT ON TABLES FROM PUBLIC", "", "GRANT USAGE ON FOREIGN DATA WRAPPER w TO PUBLIC", "REVOKE USAGE ON FOREIGN DATA WRAPPER w FROM PUBLIC"},
}

// Whatever a plugin makes, its way there and back is proven, and one that is missing or
// leads to another name is found.
func TestDefinitions(t *testing.T) {
	t.Parallel()
	for _, d := range definitions {
		prove := func(operations ...operation.Operation) (*simulation.Failure, map[int]string) {
			catalog := simulation.Empty()
			for _, sql := range []string{"CREATE SCHEMA s", "CREATE SCHEMA q", "CREATE FOREIGN DATA WRAPPER w", d.before} {
				catalog.Learn(simulation.Read(sql))
			}
			p := simulation.NewProof(catalog)
			return p.Run(operations), p.Unproven
		}
		makes := operation.Operation{Up: operation.SQL(d.create), Down: operation.SQL(d.drop)}
		goes := operation.Operation{Up: operation.SQL(d.drop), Down: operation.SQL(d.create)}
		list := []operation.Operation{makes, goes}
		if d.rename != "" {
			list = []operation.Operation{makes, {Up: operation.SQL(d.rename), Down: operation.SQL(d.back)}}
		}
		failure, unproven := prove(list...)
		require.Nil(t, failure, d.create)
		require.Empty(t, unproven, d.create)

		failure, _ = prove(operation.Operation{Up: operation.SQL(d.create)})
		require.Equal(t, d.again == "", failure == nil, d.create)
		if d.again != "" {
			require.Equal(t, d.again, failure.Name.String())
			failure, _ = prove(makes, makes)
			require.NotNil(t, failure, d.create)
			failure, _ = prove(makes, goes, goes)
			require.NotNil(t, failure, d.create)
		}
	}
}

// The same on a server, so that the statements are what PostgreSQL has.
func TestDefinitionsOnServer(t *testing.T) {
	t.Parallel()
	conn, err := pgx.Connect(t.Context(), scratch.Database(t))
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	for _, d := range definitions {
		tx, err := conn.Begin(t.Context())
		require.NoError(t, err)
		first := "CREATE SCHEMA s; CREATE SCHEMA q; "
		if d.rename != "" && d.create[:5] == "ALTER" {
			first += "CREATE FOREIGN DATA WRAPPER w; "
		}
		for _, sql := range []string{first, d.before, d.create, d.rename, d.back, d.drop} {
			_, err := tx.Exec(t.Context(), sql)
			require.NoError(t, err, sql)
		}
		require.NoError(t, tx.Rollback(t.Context()))
	}
}

// What text that is not followed may have made may go on the way back.
func TestDoubtOnTheWayBack(t *testing.T) {
	t.Parallel()
	p := simulation.NewProof(simulation.Empty())
	require.Nil(t, p.Run([]operation.Operation{{
		Up: operation.SQL("DO 'BEGIN EXECUTE ''CREATE VIEW public.shown AS SELECT 1''; END'"), Down: operation.SQL("DROP VIEW public.shown"),
	}}))
}
