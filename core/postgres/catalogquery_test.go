package postgres_test

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// lowly returns URLs of a database: that of a superuser, and that of a role who
// may do no more than connect.
func lowly(t *testing.T) (powerful, low string) {
	t.Helper()
	powerful = scratch.Database(t)
	at, err := url.Parse(powerful)
	require.NoError(t, err)
	role := "low_" + strings.Trim(at.Path, "/")
	conn, err := pgx.Connect(t.Context(), powerful)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, sql := range []string{
		"CREATE ROLE " + role + " LOGIN",
		"CREATE TABLE public.t (id int)",
		"CREATE FUNCTION public.harmless() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1'",
		"CREATE FUNCTION public.count(text) RETURNS int VOLATILE LANGUAGE sql AS 'SELECT 1'",
		"CREATE FUNCTION public.\"E vil\"() RETURNS int VOLATILE LANGUAGE sql AS 'SELECT 1'",
		"GRANT SELECT ON t TO " + role,
	} {
		_, err = conn.Exec(t.Context(), sql)
		require.NoError(t, err, sql)
	}
	at.User = url.User(role)
	return powerful, at.String()
}

func read(t *testing.T, r postgres.CatalogReader, sql ...string) ([]detect.CatalogRows, error) {
	t.Helper()
	var queries []detect.CatalogQuery
	for i, text := range sql {
		queries = append(queries, detect.CatalogQuery{Name: fmt.Sprint("q", i), SQL: text})
	}
	rows, server, err := r.Read(t.Context(), queries)
	if err == nil {
		require.Greater(t, server, 100000)
	}
	return rows, err
}

func TestReadCatalog(t *testing.T) {
	t.Parallel()
	_, low := lowly(t)
	r := postgres.CatalogReader{URL: low}
	rows, err := read(t, r,
		"SELECT c.relname, NULL AS nothing, '' AS empty FROM pg_class c WHERE c.oid = 'public.t'::regclass;",
		"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT i, count(*) OVER () FROM n -- all",
		"SELECT public.harmless() AS one, $$ pg_sleep(5) $$ AS two, current_setting('transaction_read_only') AS three")
	require.NoError(t, err)
	require.Equal(t, []string{"relname", "nothing", "empty"}, rows[0].Columns)
	require.Equal(t, "t", *rows[0].Rows[0][0])
	require.Nil(t, rows[0].Rows[0][1])
	require.Equal(t, "", *rows[0].Rows[0][2])
	require.Len(t, rows[1].Rows, 2500)
	require.Equal(t, "2500", *rows[1].Rows[2499][0])
	require.Equal(t, "on", *rows[2].Rows[0][2])

	none, err := read(t, r, "SELECT oid FROM pg_class WHERE false")
	require.NoError(t, err)
	require.Equal(t, []string{"oid"}, none[0].Columns)
	require.Empty(t, none[0].Rows)
}

func TestQueriesOfOtherServersAreLeftOut(t *testing.T) {
	t.Parallel()
	_, low := lowly(t)
	rows, _, err := postgres.CatalogReader{URL: low}.Read(t.Context(), []detect.CatalogQuery{
		{Name: "old", SQL: "SELECT nonsense", MaxServer: 10},
		{Name: "new", SQL: "SELECT nonsense", MinServer: 99},
		{Name: "now", SQL: "SELECT 1 AS one", MinServer: 10, MaxServer: 98},
	})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, "now", rows[0].Query)
}

// None of this is even sent to the server, as nobody special and as a superuser who
// was allowed.
var dangerous = []string{
	"SELECT pg_read_file('/etc/passwd')",
	"SELECT pg_catalog.pg_read_file('/etc/passwd')",
	"SELECT pg_catalog . /* */ \"pg_read_file\" /* ( */ ('/etc/passwd')",
	"SELECT PG_READ_BINARY_FILE('/etc/passwd')",
	"SELECT * FROM pg_ls_dir('/')",
	"SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
	"SELECT pg_cancel_backend(pid) FROM pg_stat_activity",
	"SELECT lo_create(4711)",
	"SELECT lo_import('/etc/passwd')",
	"SELECT lo_export(1, '/tmp/x')",
	"SELECT pg_advisory_lock(1)",
	"SELECT pg_try_advisory_xact_lock(1)",
	"SELECT pg_reload_conf()",
	"SELECT pg_sleep(60)",
	"SELECT pg_notify('a', 'b')",
	"SELECT set_config('transaction_read_only', 'off', true)",
	"SELECT set_config('role', 'postgres', true)",
	"SELECT query_to_xml('SELECT pg_sleep(1)', true, true, '')",
	"SELECT public.\"E vil\"()",
	"SELECT public.count('x')",
	"SELECT U&\"pg_sl\\0065ep\"(5)",
	"SELECT E'a'\n'x\\'' , pg_sleep(5), 'y'",
	"SELECT $1::int",
	"SELECT 1; SELECT 2",
	"SELECT 1; COMMIT; DROP TABLE public.t; SELECT 1",
	"SELECT 'it''s", "SELECT /* /* */ 1", "SELECT $a$ 1",
	"SELECT nextval('s')",
}

// None of this is the SELECT of a cursor that reads: the server takes it apart, says
// why by this SQLSTATE, and runs nothing.
var unfit = map[string]string{
	"COPY (SELECT 1) TO PROGRAM 'touch /tmp/whimbrel-was-here'": syntaxError,
	"COPY public.t TO STDOUT":                                   syntaxError,
	"CREATE TABLE public.x ()":                                  syntaxError,
	"DROP TABLE public.t":                                       syntaxError,
	"SET ROLE postgres":                                         syntaxError,
	"SHOW all":                                                  syntaxError,
	"EXPLAIN ANALYZE SELECT 1":                                  syntaxError,
	"VACUUM":                                                    syntaxError,
	"DO $$ BEGIN END $$":                                        syntaxError,
	"SELECT 1 INTO public.x":                                    syntaxError,
	"INSERT INTO public.t VALUES (1)":                           syntaxError,
	"LOCK TABLE public.t":                                       syntaxError,
	"":                                                          syntaxError,
	"SELECT * FROM dblink('a', 'b')":                            "42883", // undefined_function
	"SELECT * FROM t":                                           "42P01", // undefined_table: nothing but the catalog is found without its schema
	"SELECT * FROM public.t FOR UPDATE":                         "25006", // read_only_sql_transaction
	"WITH gone AS (DELETE FROM public.t RETURNING id) SELECT * FROM gone": "0A000", // feature_not_supported
}

const syntaxError = "42601"

func TestDangerousQueriesAreNotRun(t *testing.T) {
	t.Parallel()
	powerful, low := lowly(t)
	for _, r := range []postgres.CatalogReader{{URL: low}, {URL: powerful, Powerful: true}} {
		for _, sql := range dangerous {
			_, err := read(t, r, sql)
			requireCode(t, "WH5504", err)
		}
		for sql, state := range unfit {
			_, err := read(t, r, sql)
			requireCode(t, "WH5502", err)
			var d diag.Diagnostic
			require.True(t, errors.As(err, &d))
			require.Contains(t, d.Detail, "(SQLSTATE "+state+")", sql)
		}
	}
	rows, err := read(t, postgres.CatalogReader{URL: powerful, Powerful: true},
		"SELECT (SELECT count(*) FROM public.t), (SELECT count(*) FROM pg_class WHERE relname = 'x'), (SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4711)")
	require.NoError(t, err)
	for _, count := range rows[0].Rows[0] {
		require.Equal(t, "0", *count)
	}
	require.NoFileExists(t, "/tmp/whimbrel-was-here")
}

// Whoever could do more than read is refused before anything is run.
func TestPowerfulUsersAreRefused(t *testing.T) {
	t.Parallel()
	powerful, low := lowly(t)
	_, err := read(t, postgres.CatalogReader{URL: powerful}, "SELECT 1")
	requireCode(t, "WH5501", err)

	conn, err := pgx.Connect(t.Context(), powerful)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	at, err := url.Parse(low)
	require.NoError(t, err)
	role := at.User.Username()
	for _, power := range []string{"pg_read_server_files", "pg_execute_server_program", conn.Config().User} {
		_, err = conn.Exec(t.Context(), fmt.Sprintf("GRANT %s TO %s", pgx.Identifier{power}.Sanitize(), role))
		require.NoError(t, err)
		_, err = read(t, postgres.CatalogReader{URL: low}, "SELECT 1")
		requireCode(t, "WH5501", err)
		_, err = conn.Exec(t.Context(), fmt.Sprintf("REVOKE %s FROM %s", pgx.Identifier{power}.Sanitize(), role))
		require.NoError(t, err)
	}
	_, err = read(t, postgres.CatalogReader{URL: low}, "SELECT 1")
	require.NoError(t, err)
}

func TestCatalogThatIsTooMuch(t *testing.T) {
	t.Parallel()
	_, low := lowly(t)
	_, err := read(t, postgres.CatalogReader{URL: low}, "SELECT repeat('x', 1000000) FROM generate_series(1, 100)")
	requireCode(t, "WH5503", err)
	_, err = read(t, postgres.CatalogReader{URL: low},
		"SELECT count(*) FROM generate_series(1, 100000000) a, generate_series(1, 1000) b")
	requireCode(t, "WH5502", err)
}

func requireCode(t *testing.T, code string, err error) {
	t.Helper()
	var d diag.Diagnostic
	require.True(t, errors.As(err, &d), "%v", err)
	require.Equal(t, code, d.Code, "%v", err)
}
