package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// What would wait for ever, or give up the lock, is refused before anything is run.
func TestDisturbingStatementsAreRefused(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	for sql, code := range map[string]string{
		"COPY public.a FROM STDIN":                           "WH5206",
		"copy public.a (x) from stdout with (format csv)":    "WH5206",
		"CREATE TABLE public.b (); COPY public.a FROM STDIN": "WH5206",
		"DISCARD ALL": "WH5207",
		"SELECT pg_catalog.pg_advisory_unlock_all()":               "WH5207",
		"SELECT 1; SELECT pg_advisory_unlock_all()":                "WH5207",
		"CREATE INDEX CONCURRENTLY i ON public.a (x); DISCARD ALL": "WH5207",
	} {
		for _, transaction := range []operation.Transaction{operation.InTransaction, operation.Outside} {
			s := mode(script("20260101000000_a", `CREATE TABLE public.a (x int)`, sql), 2, transaction)
			var d diag.Diagnostic
			require.ErrorAs(t, executor.Apply(t.Context(), s, nil), &d, sql)
			require.Equal(t, code, d.Code, sql)
			require.Equal(t, "migrations/20260101000000_a.sql:2:1", d.Range.String())
		}
	}
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'a'`))
}

// A server that asks for data all the same is told that there are none.
func TestHiddenCopyFails(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	for _, transaction := range []operation.Transaction{operation.InTransaction, operation.Outside} {
		hidden := mode(script("20260101000000_a", `CREATE TABLE public.a (); SET standard_conforming_strings = off`,
			`SELECT '\'';COPY public.a FROM STDIN;--'`), 2, transaction)
		var failed *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), hidden, nil), &failed)
		require.Equal(t, "57014", failed.SQLState())
		require.ErrorContains(t, failed, "COPY from stdin failed")
	}
	require.NoError(t, executor.Apply(t.Context(), script("20260102000000_b", `SELECT 'copy'`, `COPY (SELECT 1) TO STDOUT`,
		`CREATE TABLE public.b AS SELECT 'no copy at all' AS x`), nil), "the session goes on")
	require.Equal(t, "no copy at all", value(t, url, `SELECT x FROM public.b`))
}

// unlocker makes a function that gives up all locks, so that nobody sees it.
const unlocker = `CREATE FUNCTION public.unlocker() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_unlock_all()'`

func TestLostLockIsNoticed(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, unlocker)
	executor, _ := open(t, url, postgres.Options{})
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", `CREATE TABLE public.a ()`, `SELECT public.unlocker()`), nil), &failed)
	d := failed.Diagnostic()
	require.Equal(t, "WH5208", d.Code)
	require.Contains(t, d.Detail, "nothing of this migration was applied")
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'a'`))
	require.Error(t, executor.Close(), "there is nothing to be released")

	executor, _ = open(t, url, postgres.Options{})
	outside := mode(script("20260101000000_a", `CREATE TABLE public.a ()`, `SELECT public.unlocker()`, `CREATE TABLE public.b ()`), 2, operation.Outside)
	require.ErrorAs(t, executor.Apply(t.Context(), outside, nil), &failed)
	require.Equal(t, "WH5208", failed.Diagnostic().Code)
	require.Equal(t, []int{1, 2}, failed.Committed)
	require.Contains(t, failed.Diagnostic().Detail, "operations 1, 2 stay applied")
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'b'`))
	executor, _ = open(t, url, postgres.Options{})
	require.NoError(t, executor.Apply(t.Context(), outside, nil), "the rest is run by whoever has the lock")
}

// A script may become somebody else; the record is written by who connected.
func TestScriptTakesAnotherUser(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	role := "limited_" + value(t, url, `SELECT substr(md5(random()::text), 1, 12)`)
	admin := session(t, url)
	t.Cleanup(func() {
		_, _ = admin.Exec(context.Background(), `DROP OWNED BY `+role+`; DROP ROLE `+role, pgx.QueryExecModeSimpleProtocol)
	})
	run(t, url, `CREATE ROLE `+role+`; CREATE SCHEMA own AUTHORIZATION `+role)
	for i, become := range []string{`SET SESSION AUTHORIZATION ` + role, `SET LOCAL SESSION AUTHORIZATION ` + role, `SET ROLE ` + role} {
		s := script("2026010100000"+string(rune('0'+i))+"_a", become, `CREATE TABLE own.a ()`, `CREATE TABLE own.b ()`, `CREATE TABLE own.c ()`)
		s = down(mode(s, 3, operation.Outside), ``, `DROP TABLE own.a`, `DROP TABLE own.b`, `DROP TABLE own.c`)
		require.NoError(t, executor.Apply(t.Context(), s, nil), become)
		require.Equal(t, role, value(t, url, `SELECT relowner::regrole FROM pg_class WHERE oid = 'own.a'::regclass`))
		require.NoError(t, executor.Rollback(t.Context(), s, nil), become)
	}
	failing := mode(script("20260102000000_b", `SELECT 1/0`), 1, operation.Outside)
	failing.Steps[0].Up = statements(1, `SET SESSION AUTHORIZATION `+role, `SELECT 1/0`)
	require.ErrorContains(t, executor.Apply(t.Context(), failing, nil), "division by zero")
	require.NoError(t, executor.Apply(t.Context(), script("20260103000000_c", `CREATE TABLE public.c ()`), nil))
}

// RESET ALL takes a script back to where it began.
func TestResetAllKeepsTheRunnersSettings(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `DO $$BEGIN EXECUTE format('ALTER DATABASE %I SET standard_conforming_strings = off', current_database());
		EXECUTE format('ALTER DATABASE %I SET client_encoding = ''LATIN1''', current_database()); END$$`)
	executor, _ := open(t, url, postgres.Options{})
	for _, transaction := range []operation.Transaction{operation.InTransaction, operation.Outside} {
		s := script("20260101000000_"+string(transaction), `RESET ALL`)
		s.Steps[0].Up = statements(1, `SET search_path = pg_catalog`, `RESET ALL`, `CREATE TABLE "größe" AS SELECT 'é\' AS x`)
		s.Steps[0].Down = statements(1, `DROP TABLE "größe"`)
		s = mode(s, 1, transaction)
		require.NoError(t, executor.Apply(t.Context(), s, nil))
		require.Equal(t, `é\`, value(t, url+"&client_encoding=UTF8", `SELECT x FROM public."größe"`))
		require.NoError(t, executor.Rollback(t.Context(), s, nil))
	}
}

// A step outside a transaction may have one of its own, which it has to end.
func TestTransactionLeftOpen(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	s := mode(script("20260101000000_a", `BEGIN`), 1, operation.Outside)
	s.Steps[0].Up = statements(1, `CREATE TABLE public.a ()`, `BEGIN`, `CREATE TABLE public.b ()`)
	require.ErrorContains(t, executor.Apply(t.Context(), s, nil), "it began a transaction and did not end it")
	require.Equal(t, "a", value(t, url, `SELECT string_agg(relname, ',') FROM pg_class WHERE relname IN ('a', 'b')`))
	require.NoError(t, executor.Settle(t.Context(), s, 1, false))
	s.Steps[0].Up = statements(1, `BEGIN`, `CREATE TABLE public.b ()`, `COMMIT`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, "a,b", value(t, url, `SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class WHERE relname IN ('a', 'b')`))
}
