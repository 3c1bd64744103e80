package postgres_test

import (
	"context"
	"net"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// failing returns the diagnostic of a connection that must not come about.
func failing(t *testing.T, at string) diag.Diagnostic {
	t.Helper()
	_, err := postgres.Connect(t.Context(), at)
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	require.NotContains(t, d.Summary+d.Detail+d.Next, "secret")
	require.NotEmpty(t, d.Next)
	return d
}

func TestConnect(t *testing.T) {
	t.Parallel()
	server, err := scratch.Start(t.Context(), scratch.Private())
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
	u, err := url.Parse(server.URL("postgres"))
	require.NoError(t, err)
	other := session(t, u.String())
	_, err = other.Exec(t.Context(), `SET password_encryption = 'scram-sha-256'; CREATE ROLE ann LOGIN PASSWORD 'right secret'`)
	require.NoError(t, err)
	_, err = other.Exec(t.Context(), `DO $$BEGIN EXECUTE format('COPY (VALUES (''host all ann all scram-sha-256''),
		(''host all postgres all trust'')) TO %L', current_setting('hba_file')); PERFORM pg_reload_conf(); END$$`)
	require.NoError(t, err)

	good := *u
	good.User = url.UserPassword("ann", "right secret")
	require.Eventually(t, func() bool { // once the server has read the file
		bad := *u
		bad.User = url.UserPassword("ann", "wrong secret")
		_, err := postgres.Connect(context.Background(), bad.String())
		return err != nil
	}, patience, poll)
	db, err := postgres.Connect(t.Context(), good.String())
	require.NoError(t, err)
	require.Equal(t, "postgres://ann@"+u.Host+"/postgres", db.String())
	require.NoError(t, db.Close())

	bad := *u
	bad.User = url.UserPassword("ann", "wrong secret")
	require.Equal(t, `wrong password for user "ann"`, failing(t, bad.String()).Summary)
	bad = *u
	bad.Path = "/nowhere"
	d := failing(t, bad.String())
	require.Equal(t, `there is no database "nowhere"`, d.Summary)
	require.Contains(t, d.Next, "createdb -h 127.0.0.1 -p "+u.Port()+" -U postgres nowhere")
	bad = *u
	bad.RawQuery = "sslmode=require"
	require.Equal(t, "no encrypted connection to "+u.Host, failing(t, bad.String()).Summary)
	bad.RawQuery, bad.User = "", url.User("bob")
	require.Equal(t, `user "bob" may not connect`, failing(t, bad.String()).Summary)
}

func TestConnectToNothing(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	at := listener.Addr().String()
	require.NoError(t, listener.Close())
	d := failing(t, "postgres://ann:secret@"+at+"/shop")
	require.Equal(t, "no server at "+at, d.Summary)
	require.Contains(t, d.Next, "start PostgreSQL")
	require.Equal(t, "no server at the socket in /nonexistent",
		failing(t, "host=/nonexistent user=ann password=secret dbname=shop").Summary)
	require.Equal(t, "WH5001", failing(t, "postgres://ann:secret secret@db:port/shop").Code)
	require.Equal(t, "WH5001", failing(t, "host=db port=x password=secret").Code)
}

func TestRecordOfNewerWhimbrel(t *testing.T) {
	t.Parallel()
	executor, at := empty(t)
	require.NoError(t, executor.Close())
	_, err := session(t, at).Exec(t.Context(), `UPDATE whimbrel.layout SET version = 99`)
	require.NoError(t, err)
	db, err := postgres.Connect(t.Context(), at)
	require.NoError(t, err)
	defer db.Close()
	_, err = postgres.Open(t.Context(), db, postgres.Options{})
	require.ErrorContains(t, err, "was written by a newer whimbrel")
	_, err = postgres.Open(t.Context(), db, postgres.Options{})
	require.ErrorContains(t, err, "was written by a newer whimbrel", "the lock was released")
}

func TestProbe(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	db, err := postgres.Connect(t.Context(), at)
	require.NoError(t, err)
	defer db.Close()
	for query, want := range map[string]bool{
		`SELECT true`:                          true,
		`SELECT false`:                         false,
		`SELECT NULL::boolean`:                 false,
		`SELECT true WHERE false`:              false,
		`SELECT EXISTS (SELECT FROM pg_class)`: true,
	} {
		got, err := db.Probe(t.Context(), query)
		require.NoError(t, err, query)
		require.Equal(t, want, got, query)
	}
	for _, query := range []string{`SELECT EXISTS (SELECT FROM missing)`, `SELECT missing FROM pg_class`, `SELECT x.f()`, `SELECT v::integer = 1 FROM (VALUES ('x')) AS t (v)`} {
		_, err := db.Probe(t.Context(), query)
		require.ErrorIs(t, err, postgres.ErrUnknown, query)
	}
	run(t, at, `CREATE TABLE public.a ()`)
	_, err = db.Probe(t.Context(), `WITH gone AS (DELETE FROM public.a RETURNING true) SELECT true FROM gone`)
	require.ErrorContains(t, err, "read-only")
	require.NotErrorIs(t, err, postgres.ErrUnknown)
}

func TestWarnsOfGoose(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	db, err := postgres.Connect(t.Context(), at)
	require.NoError(t, err)
	defer db.Close()
	found, err := db.Warnings(t.Context())
	require.NoError(t, err)
	require.Empty(t, found)
	_, err = session(t, at).Exec(t.Context(), `CREATE TABLE public.goose_db_version (id int)`)
	require.NoError(t, err)
	found, err = db.Warnings(t.Context())
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, diag.Warning, found[0].Severity)
	require.Contains(t, found[0].Summary, "public.goose_db_version")
}
