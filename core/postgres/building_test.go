package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// indexed is a migration that builds an index while others may write.
func indexed() postgres.Script {
	s := script("20260101000000_index", `CREATE UNIQUE INDEX CONCURRENTLY a_x ON public.a (x)`)
	return mode(down(s, `DROP INDEX CONCURRENTLY public.a_x`), 1, operation.Outside)
}

// indexState returns what the catalog says of the index.
const indexState = `SELECT coalesce((SELECT CASE WHEN indisvalid THEN 'valid' ELSE 'invalid' END FROM pg_index
	WHERE indexrelid = to_regclass('public.a_x')), 'absent')`

// holding returns a session with a transaction that an index has to wait for.
func holding(t *testing.T, url, sql string) *pgx.Conn {
	t.Helper()
	other := session(t, url)
	_, err := other.Exec(t.Context(), `BEGIN ISOLATION LEVEL REPEATABLE READ; `+sql)
	require.NoError(t, err)
	return other
}

// An index waits for other transactions for as long as it takes, not for as long as a
// lock is worth that others would have to wait for.
func TestConcurrentIndexWaits(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `CREATE TABLE public.a (x int)`)
	executor, _ := open(t, url, postgres.Options{LockTimeout: 50 * time.Millisecond, Retries: -1})
	other := holding(t, url, `INSERT INTO public.a VALUES (1)`)
	var told []postgres.Session
	waiting := waiter{do: func(who []postgres.Session) {
		told = who
		_, _ = other.Exec(context.Background(), `COMMIT`)
	}}
	require.NoError(t, executor.Apply(t.Context(), indexed(), waiting))
	require.EqualValues(t, other.PgConn().PID(), told[0].PID)
	require.Equal(t, "valid", value(t, url, indexState))
}

// A waiter does something when an operation waits.
type waiter struct {
	postgres.Silent
	do func(who []postgres.Session)
}

func (w waiter) Waiting(_ postgres.Step, who []postgres.Session) { w.do(who) }

// An index that could not be built is gone again, and the migration can be run again.
func TestConcurrentIndexThatFailsIsDropped(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `CREATE TABLE public.a (x int); INSERT INTO public.a VALUES (1), (1)`)
	executor, db := open(t, url, postgres.Options{})
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), indexed(), nil), &failed)
	require.ErrorContains(t, failed, "could not create unique index")
	require.Contains(t, failed.Diagnostic().Detail, "it changed nothing")
	require.Contains(t, failed.Diagnostic().Next, "run again: whimbrel migrate")
	require.Equal(t, "absent", value(t, url, indexState))
	interrupted, err := db.Interrupted(t.Context())
	require.NoError(t, err)
	require.Empty(t, interrupted)
	run(t, url, `DELETE FROM public.a`)
	require.NoError(t, executor.Apply(t.Context(), indexed(), nil))
	require.Equal(t, "valid", value(t, url, indexState))

	// An index of somebody else with that name is not touched.
	require.NoError(t, executor.Fake(t.Context(), indexed(), postgres.Down))
	require.ErrorContains(t, executor.Apply(t.Context(), indexed(), nil), "already exists")
	require.Equal(t, "valid", value(t, url, indexState))
	require.ErrorIs(t, executor.Rollback(t.Context(), indexed(), nil), postgres.ErrNotApplied)
}

// Where the wait is over, what is left is dropped; where that has to wait too, the next
// run does it.
func TestConcurrentIndexGivesUp(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `CREATE TABLE public.a (x int); CREATE TABLE public.b ()`)
	executor, db := open(t, url, postgres.Options{LockTimeout: 200 * time.Millisecond, BuildTimeout: 200 * time.Millisecond, Retries: -1})
	for sql, left := range map[string]string{`SELECT * FROM public.b`: "absent", `INSERT INTO public.a VALUES (1)`: "invalid"} {
		other := holding(t, url, sql)
		var failed *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), indexed(), nil), &failed, sql)
		require.Equal(t, "55P03", failed.SQLState())
		require.Equal(t, left, value(t, url, indexState), sql)
		interrupted, err := db.Interrupted(t.Context())
		require.NoError(t, err)
		if left == "invalid" {
			require.True(t, indexed().FindsOut(interrupted[0]))
		} else {
			require.Empty(t, interrupted)
		}
		require.Contains(t, failed.Diagnostic().Next, "run again: whimbrel migrate")
		require.NotContains(t, failed.Diagnostic().Next, "repair")
		_, err = other.Exec(t.Context(), `ROLLBACK`)
		require.NoError(t, err)
		require.NoError(t, executor.Apply(t.Context(), indexed(), nil))
		require.Equal(t, "valid", value(t, url, indexState))
		require.NoError(t, executor.Rollback(t.Context(), indexed(), nil))
	}
}

// Whoever is killed while an index is built leaves it to the next one, on either way.
func TestConcurrentIndexOfALostConnection(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `CREATE TABLE public.a (x int)`)
	end := func(who []postgres.Session) {
		conn, err := pgx.Connect(context.Background(), url)
		if err == nil {
			_, _ = conn.Exec(context.Background(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%INDEX CONCURRENTLY%' AND datname = current_database() AND pid <> pg_backend_pid()`)
			_ = conn.Close(context.Background())
		}
	}
	for _, direction := range []postgres.Direction{postgres.Up, postgres.Down} {
		way := (*postgres.Executor).Apply
		if direction == postgres.Down {
			way = (*postgres.Executor).Rollback
		}
		executor, _ := open(t, url, postgres.Options{Wait: patience})
		other := holding(t, url, `INSERT INTO public.a VALUES (1)`)
		var failed *postgres.ScriptError
		require.ErrorAs(t, way(executor, t.Context(), indexed(), waiter{do: end}), &failed)
		require.True(t, failed.Lost)
		require.NotContains(t, failed.Diagnostic().Next, "repair")
		require.Equal(t, "invalid", value(t, url, indexState))
		_, err := other.Exec(t.Context(), `ROLLBACK`)
		require.NoError(t, err)
		again, _ := open(t, url, postgres.Options{Wait: patience})
		require.NoError(t, way(again, t.Context(), indexed(), nil))
		want := map[postgres.Direction]string{postgres.Up: "valid", postgres.Down: "absent"}[direction]
		require.Equal(t, want, value(t, url, indexState))
		require.NoError(t, again.Close())
	}
}

// IF NOT EXISTS takes an index for good that nothing uses.
func TestInvalidIndexIsNotTakenForOne(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	run(t, url, `CREATE TABLE public.a (x int); INSERT INTO public.a VALUES (1), (1)`)
	_, err := session(t, url).Exec(t.Context(), `CREATE UNIQUE INDEX CONCURRENTLY a_x ON public.a (x)`)
	require.Error(t, err)
	s := mode(script("20260101000000_index", `CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_x ON public.a (x)`), 1, operation.Outside)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), s, nil), &failed)
	require.Contains(t, failed.Diagnostic().Next, "DROP INDEX CONCURRENTLY public.a_x")
	run(t, url, `DROP INDEX public.a_x; DELETE FROM public.a`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, "valid", value(t, url, indexState))
}

// Outside a transaction a lock that is not to be had is worth another try, too.
func TestLockOutsideTransactionIsTriedAgain(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	run(t, url, `CREATE TABLE public.a ()`)
	executor, _ := open(t, url, postgres.Options{LockTimeout: 100 * time.Millisecond, Retries: 1, Backoff: time.Millisecond})
	other := holding(t, url, `SELECT * FROM public.a`)
	yielding := &releaser{release: func() { _, _ = other.Exec(context.Background(), `COMMIT`) }}
	s := mode(script("20260101000000_a", `ALTER TABLE public.a ADD x int`), 1, operation.Outside)
	require.NoError(t, executor.Apply(t.Context(), s, yielding))
	require.Equal(t, 1, yielding.retries)
}

// The statements of which the catalog says how they ended.
func TestFindsOut(t *testing.T) {
	t.Parallel()
	for sql, want := range map[string]bool{
		`CREATE INDEX CONCURRENTLY i ON a (x)`:                                                         true,
		`create unique /* */ index concurrently if not exists "I n" on only "S".a (x) where ';' <> x;`: true,
		`CREATE INDEX CONCURRENTLY ON a (x)`:                                                           false,
		`CREATE INDEX i ON a (x)`:                                                                      false,
		`CREATE INDEX CONCURRENTLY s.i ON a (x)`:                                                       false,
		`CREATE INDEX CONCURRENTLY i ON a (x); CREATE INDEX CONCURRENTLY j ON a (y)`:                   false,
		`CREATE INDEX CONCURRENTLY`:                                                                    false,
		`CREATE INDEX CONCURRENTLY IF`:                                                                 false,
		`CREATE INDEX CONCURRENTLY i ON`:                                                               false,
		`DROP INDEX CONCURRENTLY i`:                                                                    true,
		`DROP INDEX CONCURRENTLY IF EXISTS "S".i RESTRICT`:                                             true,
		`DROP INDEX CONCURRENTLY i, j`:                                                                 false,
		`DROP INDEX i`:                                                                                 false,
		`REINDEX INDEX CONCURRENTLY i`:                                                                 false,
		`VACUUM (ANALYZE) a`:                                                                           true,
		`VACUUM a; DELETE FROM a`:                                                                      false,
		`REFRESH MATERIALIZED VIEW CONCURRENTLY v`:                                                     true,
		`ALTER SYSTEM SET work_mem = '8MB'`:                                                            true,
		`ALTER TABLE a ADD x int`:                                                                      false,
		`alter table if exists only "S".a validate constraint c;`:                                      true,
		`ALTER TABLE a VALIDATE CONSTRAINT c, ADD x int`:                                               false,
		`ALTER TABLE a DETACH PARTITION "S"."P" CONCURRENTLY`:                                          true,
		`ALTER TABLE a DETACH PARTITION p`:                                                             false,
		`ALTER TABLE`:                                                                                  false,
		``:                                                                                             false,
	} {
		s := mode(script("20260101000000_a", sql), 1, operation.Outside)
		require.Equal(t, want, s.FindsOut(postgres.Progress{Doubt: []int{1}, Direction: postgres.Up}), sql)
	}
}
