package postgres_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// role makes a user without rights for the time of a test.
func role(t *testing.T, url string) string {
	t.Helper()
	name := "user_" + value(t, url, `SELECT substr(md5(random()::text), 1, 12)`)
	admin := session(t, url)
	t.Cleanup(func() {
		_, _ = admin.Exec(context.Background(), `DROP OWNED BY `+name+`; DROP ROLE `+name, pgx.QueryExecModeSimpleProtocol)
	})
	run(t, url, `CREATE ROLE `+name+` LOGIN`)
	return name
}

// opening returns the diagnostic of a database that a user cannot migrate.
func opening(t *testing.T, url string) diag.Diagnostic {
	t.Helper()
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	_, err = postgres.Open(t.Context(), db, postgres.Options{})
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	return d
}

// For each right that is missing there is a message, and what it says to do helps.
func TestRightsOnTheRecord(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	ann := role(t, url)
	annURL := as(t, url, ann)

	d := opening(t, annURL)
	require.Equal(t, "WH5102", d.Code)
	require.Contains(t, d.Next, `GRANT CREATE ON DATABASE `)
	require.Contains(t, d.Next, `CREATE SCHEMA whimbrel AUTHORIZATION `+ann)

	run(t, url, `CREATE SCHEMA whimbrel; GRANT USAGE ON SCHEMA whimbrel TO `+ann)
	d = opening(t, annURL)
	require.Equal(t, "WH5104", d.Code)
	require.Contains(t, d.Next, `have postgres run: GRANT USAGE, CREATE ON SCHEMA whimbrel TO `+ann)

	run(t, url, `GRANT USAGE, CREATE ON SCHEMA whimbrel TO `+ann+`; GRANT CREATE ON SCHEMA public TO `+ann)
	executor, _ := open(t, annURL, postgres.Options{})
	first := script("20260101000000_a", `CREATE TABLE public.a ()`)
	require.NoError(t, executor.Apply(t.Context(), first, nil), "the schema need not be the user's own")
	require.NoError(t, executor.Close())

	bob := role(t, url)
	bobURL := as(t, url, bob)
	db, err := postgres.Connect(t.Context(), bobURL)
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Applied(t.Context())
	require.ErrorAs(t, err, &d)
	require.Equal(t, "WH5105", d.Code)
	require.Contains(t, d.Next, "GRANT SELECT ON ALL TABLES IN SCHEMA whimbrel TO")

	run(t, url, `GRANT USAGE ON SCHEMA whimbrel TO `+bob+`; GRANT SELECT ON ALL TABLES IN SCHEMA whimbrel TO `+bob)
	applied, err := db.Applied(t.Context())
	require.NoError(t, err)
	require.Len(t, applied, 1)
	d = opening(t, bobURL)
	require.Equal(t, "WH5103", d.Code)
	require.Contains(t, d.Next, `GRANT USAGE ON SCHEMA whimbrel TO `+bob+`; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA whimbrel TO `+bob+
		`; GRANT DELETE ON whimbrel.migrations, whimbrel.definitions TO `+bob)

	run(t, url, `GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA whimbrel TO `+bob+`; GRANT DELETE ON whimbrel.migrations, whimbrel.definitions TO `+bob)
	executor, _ = open(t, bobURL, postgres.Options{})
	require.NoError(t, executor.Apply(t.Context(), script("20260102000000_b", `SELECT 1`), nil))
	require.NoError(t, executor.Fake(t.Context(), first, postgres.Down))
}

// What the server does not allow comes with who has to allow it.
func TestPermissionDenied(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	ann := role(t, url)
	run(t, url, `CREATE SCHEMA whimbrel AUTHORIZATION `+ann+`; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
		CREATE SCHEMA "Of Bob"; GRANT USAGE ON SCHEMA "Of Bob" TO `+ann+`;
		CREATE TABLE public.theirs (x int); GRANT ALL ON public.theirs TO `+ann+`;
		CREATE TABLE public.hidden (x int); GRANT ALL ON public.hidden TO `+ann+`; ALTER TABLE public.hidden ENABLE ROW LEVEL SECURITY`)
	executor, _ := open(t, as(t, url, ann), postgres.Options{})
	for sql, next := range map[string]string{
		`CREATE TABLE public.a ()`:            "have the owner of the schema run: GRANT USAGE, CREATE ON SCHEMA public TO " + ann,
		`CREATE TABLE "Of Bob".a ()`:          `have the owner of the schema run: GRANT USAGE, CREATE ON SCHEMA "Of Bob" TO ` + ann,
		`CREATE SCHEMA more`:                  "have the owner of the database run: GRANT CREATE ON DATABASE ",
		`ALTER TABLE public.theirs ADD y int`: "connect as the owner of theirs, or have the owner let you do the same: GRANT <owner> TO " + ann,
		`SELECT pg_read_file('/etc/passwd')`:  "connect as the owner of the object, or have the right granted to " + ann,
		`UPDATE public.hidden SET x = 1`:      "connect as a user who sees all rows (ALTER ROLE ... BYPASSRLS), or",
	} {
		var failed *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", sql), nil), &failed, sql)
		require.Equal(t, "42501", failed.SQLState(), sql)
		require.Contains(t, failed.Diagnostic().Next, next)
		require.Contains(t, failed.Diagnostic().Next, "run again: whimbrel migrate")
	}
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a", `SET LOCAL row_security = on`, `UPDATE public.hidden SET x = 1`), nil))
}

// Where a policy hides rows nobody says that there are none.
func TestProbeSeesAllRowsOrNothing(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	ann := role(t, url)
	run(t, url, `CREATE TABLE public.hidden AS SELECT 1 AS x; GRANT ALL ON public.hidden TO `+ann+`; ALTER TABLE public.hidden ENABLE ROW LEVEL SECURITY`)
	db, err := postgres.Connect(t.Context(), as(t, url, ann))
	require.NoError(t, err)
	defer db.Close()
	_, err = db.Probe(t.Context(), `SELECT EXISTS (SELECT FROM public.hidden)`)
	require.ErrorIs(t, err, postgres.ErrUnknown)
}

// An object that is there already may be what the migration makes.
func TestAlreadyThere(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	run(t, url, `CREATE TABLE public.a (x int); CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE public.e AS ENUM (); CREATE SCHEMA s`)
	for _, sql := range []string{
		`CREATE TABLE public.a ()`, `ALTER TABLE public.a ADD x int`, `CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 2'`,
		`CREATE TYPE public.e AS ENUM ()`, `CREATE SCHEMA s`,
	} {
		var failed *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", sql), nil), &failed, sql)
		require.Contains(t, failed.Error(), "already exists")
		require.Contains(t, failed.Diagnostic().Next, "whimbrel migrate --to 20260101000000_a --fake")
	}
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", `VACUUM`), nil), &failed)
	require.Contains(t, failed.Diagnostic().Next, "-- +goose NO TRANSACTION")
}

// No migration makes roles, so what is granted to one that is not there waits for it.
func TestRoleThatIsNotThere(t *testing.T) {
	t.Parallel()
	executor, _ := empty(t)
	for _, sql := range []string{`GRANT USAGE ON SCHEMA public TO "No One"`, `ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO "No One"`} {
		var failed *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", sql), nil), &failed, sql)
		require.Contains(t, failed.Diagnostic().Next, `have it made, CREATE ROLE "No One", or name another role in the models`)
		require.Contains(t, failed.Diagnostic().Next, "run again: whimbrel migrate")
	}
}

// A standby can be read; to change it is refused before anything is tried.
func TestStandby(t *testing.T) {
	t.Parallel()
	server, err := scratch.Start(t.Context(), scratch.Private(), scratch.Setting("wal_level", "replica"))
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
	url := server.URL("postgres")
	executor, _ := open(t, url, postgres.Options{})
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a", `SELECT 1`), nil))
	// The server restarts when one of its processes is killed, and finds that it is one.
	_, err = session(t, url).Exec(t.Context(), `CHECKPOINT; COPY (SELECT 1) TO PROGRAM 'touch standby.signal; kill -9 $PPID'`)
	require.Error(t, err)
	require.Eventually(t, func() bool { // once it has
		conn, err := pgx.Connect(context.Background(), url)
		if err != nil {
			return false
		}
		defer conn.Close(context.Background())
		standby := false
		return conn.QueryRow(context.Background(), `SELECT pg_is_in_recovery()`).Scan(&standby) == nil && standby
	}, patience, poll)
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	applied, err := db.Applied(t.Context())
	require.NoError(t, err)
	require.Len(t, applied, 1)
	d := opening(t, url)
	require.Equal(t, "WH5009", d.Code)
	require.Contains(t, d.Next, "target_session_attrs=read-write")
}
