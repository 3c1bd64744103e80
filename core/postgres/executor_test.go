package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

func TestApplyAndRollBack(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	s := down(script("20260101000000_odd",
		`CREATE TABLE public."$1" ("a ""b"" $2" text DEFAULT E'\\;''')`,
		"CREATE FUNCTION public.f(int) RETURNS int LANGUAGE sql AS $body$\n\tSELECT $1; -- a comment; with semicolons\n$body$",
		`INSERT INTO public."$1" DEFAULT VALUES; DO $$BEGIN PERFORM public.f(1); END$$`),
		`DROP TABLE public."$1"`, `DROP FUNCTION public.f`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, `\;'`, value(t, url, `SELECT "a ""b"" $2" FROM public."$1"`))

	applied, err := executor.Applied(t.Context())
	require.NoError(t, err)
	require.Len(t, applied, 1)
	require.Equal(t, postgres.AppliedMigration{
		App: "shop", ID: s.ID, Checksum: s.Checksum, At: applied[0].At, Took: applied[0].Took,
		Operations: 3, Version: "test",
	}, applied[0])
	require.Equal(t, moment(t, url, `SELECT applied_at FROM whimbrel.migrations`), applied[0].At.UTC())
	require.Positive(t, applied[0].Took)
	require.ErrorIs(t, executor.Apply(t.Context(), s, nil), postgres.ErrApplied)

	require.NoError(t, executor.Rollback(t.Context(), s, nil))
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = '$1'`))
	applied, err = executor.Applied(t.Context())
	require.NoError(t, err)
	require.Empty(t, applied)
	require.ErrorIs(t, executor.Rollback(t.Context(), s, nil), postgres.ErrNotApplied)
	require.NoError(t, executor.Apply(t.Context(), s, nil), "applied anew")
	require.Equal(t, "up1 up2 up3 down3 down2 down1 up1 up2 up3",
		value(t, url, `SELECT string_agg(direction || operation, ' ' ORDER BY id) FROM whimbrel.operation_log`))
}

func TestHistoryOfUntouchedDatabase(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	applied, err := db.Applied(t.Context())
	require.NoError(t, err)
	require.Empty(t, applied)
	interrupted, err := db.Interrupted(t.Context())
	require.NoError(t, err)
	require.Empty(t, interrupted)
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_namespace WHERE nspname = 'whimbrel'`), "reading makes nothing")
}

func TestTextIsKept(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	executor, db := open(t, url, postgres.Options{})
	s := script("20260101000000_a", `SELECT 1`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	text, err := db.Text(t.Context(), "shop", s.ID)
	require.NoError(t, err)
	require.Equal(t, s.Text, text)
}

// counter counts the scripts that are done.
type counter struct {
	postgres.Silent
	done *atomic.Int32
}

func (c counter) Done(postgres.Script, postgres.Direction, time.Duration) { c.done.Add(1) }

func TestTwoDeployersAtOnce(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	var done atomic.Int32
	var group sync.WaitGroup
	failed := make([]error, 4)
	for i := range failed {
		group.Go(func() { failed[i] = deploy(context.Background(), url, fleet(), counter{done: &done}) })
	}
	group.Wait()
	require.NoError(t, errors.Join(failed...))
	require.EqualValues(t, len(fleet()), done.Load(), "each migration by one of them")
}

func TestLockIsBusy(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	first, _ := open(t, url, postgres.Options{})
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	_, err = postgres.Open(t.Context(), db, postgres.Options{Wait: time.Nanosecond})
	var busy *postgres.LockBusyError
	require.ErrorAs(t, err, &busy)
	require.Positive(t, busy.Holder.PID)
	require.Equal(t, "postgres", busy.Holder.User)
	require.Equal(t, "whimbrel", busy.Holder.Application)
	require.Equal(t, time.Nanosecond, busy.Waited)
	require.Equal(t, moment(t, url, fmt.Sprintf(`SELECT backend_start FROM pg_stat_activity WHERE pid = %d`, busy.Holder.PID)), busy.Holder.Since.UTC())
	require.Equal(t, "WH5201", busy.Diagnostic().Code)

	// Whoever waits is told of the holder, and goes on once it has gone.
	waiting := func(holder postgres.Session) {
		require.Equal(t, busy.Holder.PID, holder.PID)
		require.NoError(t, first.Close())
	}
	second, err := postgres.Open(t.Context(), db, postgres.Options{Wait: time.Hour, Waiting: waiting})
	require.NoError(t, err)
	require.NoError(t, second.Close())
}

func TestScriptDoesNotDisturbTheNext(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	role := "limited_" + value(t, url, `SELECT substr(md5(random()::text), 1, 12)`)
	other := session(t, url)
	t.Cleanup(func() { _, _ = other.Exec(context.Background(), `DROP ROLE `+role) })
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a",
		`CREATE ROLE `+role, `SET search_path = 'pg_catalog'`, `SET ROLE `+role), nil))
	require.NoError(t, executor.Apply(t.Context(), script("20260102000000_b", `CREATE TABLE here ()`), nil))
	require.Equal(t, "public.here", value(t, url, `SELECT 'public.' || relname FROM pg_class WHERE relname = 'here'`))
}

func TestTransactionModes(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	s := script("20260101000000_modes",
		`CREATE TYPE public.size AS ENUM ('small')`,
		`ALTER TYPE public.size ADD VALUE 'large'`,
		`CREATE TABLE public.pizza (size public.size DEFAULT 'large')`,
		`CREATE INDEX CONCURRENTLY pizza_size ON public.pizza (size)`,
		`COMMENT ON INDEX public.pizza_size IS 'made'`)
	s = mode(mode(s, 2, operation.Committed), 4, operation.Outside)
	s = down(s, `DROP TYPE public.size`, ``, `DROP TABLE public.pizza`, `DROP INDEX CONCURRENTLY public.pizza_size`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, "1done 2done 3done 4intent 4done 5done",
		value(t, url, `SELECT string_agg(operation || phase, ' ' ORDER BY id) FROM whimbrel.operation_log`))
	require.NoError(t, executor.Rollback(t.Context(), s, nil))
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_type WHERE typname IN ('size', 'pizza')`))
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM whimbrel.migrations`))
}

func TestInterruptedMigrationGoesOn(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	executor, db := open(t, url, postgres.Options{})
	s := script("20260101000000_parts",
		`CREATE TABLE public.a ()`,
		`DROP TABLE IF EXISTS public.nothing`,
		`CREATE TABLE public.b (LIKE public.missing)`)
	s = mode(s, 2, operation.Outside)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), s, nil), &failed)
	require.Equal(t, []int{1, 2}, failed.Committed)
	interrupted, err := db.Interrupted(t.Context())
	require.NoError(t, err)
	require.Equal(t, []postgres.Progress{{App: "shop", ID: s.ID, Checksum: s.Checksum, Applied: []int{1, 2}}}, interrupted)

	changed := s
	changed.Checksum = "h1:other"
	require.ErrorContains(t, executor.Apply(t.Context(), changed, nil), "was changed after it was interrupted")
	_, err = session(t, url).Exec(t.Context(), `CREATE TABLE public.missing (x int)`)
	require.NoError(t, err)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, "x", value(t, url, `SELECT attname FROM pg_attribute WHERE attrelid = 'public.b'::regclass AND attnum = 1`))
	interrupted, err = db.Interrupted(t.Context())
	require.NoError(t, err)
	require.Empty(t, interrupted)
}

func TestOperationInDoubtIsSettled(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	s := mode(script("20260101000000_index", `CREATE TABLE public.a (x int); INSERT INTO public.a VALUES (1)`,
		`DO $$BEGIN UPDATE public.a SET x = x + 1; COMMIT; PERFORM 1/0; END$$`), 2, operation.Outside)
	require.ErrorContains(t, executor.Apply(t.Context(), s, nil), "division by zero")
	require.Equal(t, "2", value(t, url, `SELECT x FROM public.a`))
	var doubt *postgres.InDoubtError
	require.ErrorAs(t, executor.Apply(t.Context(), s, nil), &doubt)
	require.Equal(t, []int{2}, doubt.Operations)
	require.Contains(t, doubt.Diagnostic().Next, "if so, run: whimbrel repair --mark-applied 20260101000000_index:2; "+
		"if not: whimbrel repair --mark-reverted 20260101000000_index:2")

	require.NoError(t, executor.Settle(t.Context(), s, 2, false))
	require.ErrorContains(t, executor.Apply(t.Context(), s, nil), "division by zero")
	require.NoError(t, executor.Settle(t.Context(), s, 2, true))
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	require.Equal(t, "3", value(t, url, `SELECT x FROM public.a`))
}

func TestFake(t *testing.T) {
	t.Parallel()
	executor, _ := empty(t)
	s := script("20260101000000_a", `SELECT 1/0`)
	require.NoError(t, executor.Fake(t.Context(), s, postgres.Up))
	applied, err := executor.Applied(t.Context())
	require.NoError(t, err)
	require.Len(t, applied, 1)
	require.True(t, applied[0].Faked)
	require.NoError(t, executor.Fake(t.Context(), s, postgres.Down))
	require.ErrorContains(t, executor.Apply(t.Context(), s, nil), "division by zero")
}

func TestPendingTriggerEvents(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a",
		`CREATE TABLE public.a (id int PRIMARY KEY, parent int REFERENCES public.a DEFERRABLE INITIALLY DEFERRED)`), nil))
	require.NoError(t, executor.Apply(t.Context(), script("20260102000000_b",
		`INSERT INTO public.a VALUES (1, 2)`, // deferred: its parent comes next
		`INSERT INTO public.a VALUES (2, 2)`,
		`ALTER TABLE public.a ALTER parent SET NOT NULL`), nil))
	require.Equal(t, "2", value(t, url, `SELECT count(*) FROM public.a`))
	require.ErrorContains(t, executor.Apply(t.Context(), script("20260103000000_c",
		`INSERT INTO public.a VALUES (3, 4)`), nil), `violates foreign key constraint`)
	require.Equal(t, "2", value(t, url, `SELECT count(*) FROM public.a`))
}
