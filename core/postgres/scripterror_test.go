package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

func TestErrorShowsStatementAndOutcome(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a", `CREATE TABLE public.a ()`), nil))
	s := script("20260102000000_b", `CREATE TABLE public.b ()`, "ALTER TABLE public.a\n\tADD COLUMN é int,\n\tADD COLUMN x nonsense(3)")
	s.Steps[1].Kind, s.Steps[1].Target = "alter_model", "model shop.a"
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), s, nil), &failed)
	require.Equal(t, "42704", failed.SQLState())
	at := diag.Pos{Line: 4, Column: 15}
	require.Equal(t, diag.Diagnostic{
		Code: "WH5301",
		Summary: `migration 20260102000000_b failed at operation 2 (alter_model model shop.a): ` +
			`type "nonsense" does not exist (SQLSTATE 42704)`,
		Detail: `     2 | ALTER TABLE public.a
     3 |     ADD COLUMN é int,
     4 |     ADD COLUMN x nonsense(3)
       |                  ^
Its transaction was rolled back: nothing of this migration was applied.
What was done before stays: 20260101000000_a.`,
		Next: "take the migration back and change the models: whimbrel make --undo 20260102000000_b\n" +
			"or if something in the database was changed by hand, change it back, and run again: whimbrel migrate\n" +
			"and if neither is so, report it to whimbrel, with the models and the migration",
		Range:   diag.Range{File: "migrations/20260102000000_b.sql", Start: at, End: at},
		Address: "model shop.a",
	}, failed.Diagnostic())
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'b'`))
	require.Equal(t, "1", value(t, url, `SELECT count(*) FROM whimbrel.migrations`))
}

func TestErrorWithinFunctionAndOnTheWayBack(t *testing.T) {
	t.Parallel()
	executor, _ := empty(t)
	s := down(script("20260101000000_a", `SELECT 1`), `DO $$BEGIN RAISE EXCEPTION 'no way back' USING HINT = 'give up'; END$$`)
	require.NoError(t, executor.Apply(t.Context(), s, nil))
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Rollback(t.Context(), s, nil), &failed)
	d := failed.Diagnostic()
	require.Equal(t, "rolling back migration 20260101000000_a failed at operation 1 (sql): no way back (SQLSTATE P0001)", d.Summary)
	require.Contains(t, d.Detail, "Hint: give up\nContext: PL/pgSQL function inline_code_block line 1 at RAISE\n"+
		"Its transaction was rolled back: nothing of this migration was rolled back.")
	require.Contains(t, d.Next, "whimbrel rollback")
}

func TestTransactionControlIsRefused(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	for _, sql := range []string{
		"COMMIT", "/* a /* b */ */ -- c\n begin", "ROLLBACK WORK", "start transaction", "END",
		"CREATE TABLE public.a (); COMMIT; BEGIN; SELECT 1/0",
	} {
		err := executor.Apply(t.Context(), script("20260101000000_a", `CREATE TABLE public.a ()`, sql), nil)
		var d diag.Diagnostic
		require.ErrorAs(t, err, &d, sql)
		require.Equal(t, "WH5205", d.Code)
		require.Equal(t, 2, d.Range.Start.Line)
	}
	require.NoError(t, executor.Apply(t.Context(), script("20260102000000_b",
		`SAVEPOINT s`, `ROLLBACK TO s`, `ROLLBACK WORK TO SAVEPOINT s`, `DO $$BEGIN END$$`), nil))
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'a'`))
	// With a setting of its own a script can say it so that only the server sees it.
	hidden := script("20260103000000_c", `SET standard_conforming_strings = off`, `CREATE TABLE public.c (); SELECT '\'';COMMIT;--'`)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), hidden, nil), &failed)
	require.ErrorContains(t, failed, "the statement ended the transaction")
	require.Contains(t, failed.Diagnostic().Detail, "may be committed")
	require.Equal(t, "1", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'c'`))
}

// releaser ends the other transaction at the first retry.
type releaser struct {
	postgres.Silent
	release func()
	retries int
	waited  []postgres.Session
}

func (r *releaser) Waiting(_ postgres.Step, blockers []postgres.Session) { r.waited = blockers }

func (r *releaser) Retry(int, time.Duration, error) {
	r.retries++
	r.release()
}

func TestLockTimeoutIsTriedAgain(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	executor, _ := open(t, url, postgres.Options{LockTimeout: 500 * time.Millisecond, Retries: 1, Backoff: time.Millisecond})
	run(t, url, `CREATE TABLE public.a ()`)
	other := session(t, url)
	_, err := other.Exec(t.Context(), `BEGIN; LOCK TABLE public.a`)
	require.NoError(t, err)
	s := script("20260101000000_a", `CREATE TABLE public.b ()`, `ALTER TABLE public.a ADD COLUMN x int`)

	stubborn := &releaser{release: func() {}}
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), s, stubborn), &failed)
	require.Equal(t, "55P03", failed.SQLState())
	require.Len(t, failed.Blockers, 1)
	require.EqualValues(t, other.PgConn().PID(), failed.Blockers[0].PID)
	require.Equal(t, failed.Blockers[0].PID, stubborn.waited[0].PID)
	require.Contains(t, failed.Diagnostic().Detail, "LOCK TABLE public.a")
	require.Equal(t, "WH5302", failed.Diagnostic().Code)
	require.Equal(t, 1, stubborn.retries)
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM whimbrel.operation_log`))

	yielding := &releaser{release: func() { _, _ = other.Exec(context.Background(), `COMMIT`) }}
	require.NoError(t, executor.Apply(t.Context(), s, yielding))
	require.Equal(t, 1, yielding.retries)
	require.Equal(t, "2", value(t, url, `SELECT count(*) FROM whimbrel.operation_log`))
}

// interrupter presses Ctrl-C when the server says something.
type interrupter struct {
	postgres.Silent
	cancel func()
}

func (i interrupter) Notice(string, string) { i.cancel() }

func TestCancelRollsBack(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	slow := script("20260101000000_a", `CREATE TABLE public.a ()`, `DO $$BEGIN RAISE NOTICE 'now'; PERFORM pg_sleep(60); END$$`)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(ctx, slow, interrupter{cancel: cancel}), &failed)
	require.True(t, failed.Interrupted())
	require.ErrorIs(t, failed, context.Canceled)
	require.Equal(t, "migration 20260101000000_a was interrupted at operation 2 (sql): context canceled", failed.Error())
	require.Contains(t, failed.Diagnostic().Detail, "nothing of this migration was applied")
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'a'`))
	require.NoError(t, executor.Apply(t.Context(), script("20260102000000_b", `SELECT 1`), nil), "the executor goes on")
}

// terminator ends the executor's connection when the server says something.
type terminator struct {
	postgres.Silent
	end func()
}

func (o terminator) Notice(string, string) { o.end() }

func TestConnectionLost(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	other := session(t, url)
	end := func() {
		_, _ = other.Exec(context.Background(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'whimbrel' AND datname = current_database()`)
	}
	s := script("20260101000000_a", `CREATE TABLE public.a ()`, `DO $$BEGIN RAISE NOTICE 'now'; PERFORM pg_sleep(60); END$$`)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), s, terminator{end: end}), &failed)
	require.True(t, failed.Lost)
	require.Equal(t, "WH5304", failed.Diagnostic().Code)
	require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'a'`))
	require.NoError(t, deploy(t.Context(), url, []postgres.Script{script("20260101000000_a", `CREATE TABLE public.a ()`)}, nil))
}

func TestConnectionLostOutsideTransactionLeavesDoubt(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	other := session(t, url)
	end := func() {
		_, _ = other.Exec(context.Background(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE application_name = 'whimbrel' AND datname = current_database()`)
	}
	s := mode(script("20260101000000_a", `CREATE TABLE public.a ()`,
		`DO $$BEGIN RAISE NOTICE 'now'; PERFORM pg_sleep(60); END$$`), 2, operation.Outside)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(t.Context(), s, terminator{end: end}), &failed)
	require.Equal(t, []int{1}, failed.Committed)

	again, db := open(t, url, postgres.Options{Wait: patience})
	var doubt *postgres.InDoubtError
	require.ErrorAs(t, again.Apply(t.Context(), s, nil), &doubt)
	interrupted, err := db.Interrupted(t.Context())
	require.NoError(t, err)
	require.Equal(t, []postgres.Progress{{App: "shop", ID: s.ID, Checksum: s.Checksum, Applied: []int{1}, Doubt: []int{2}, Direction: postgres.Up}}, interrupted)
	require.NoError(t, again.Settle(t.Context(), s, 2, true))
	require.NoError(t, again.Apply(t.Context(), s, nil))
	applied, err := again.Applied(t.Context())
	require.NoError(t, err)
	require.Len(t, applied, 1)
}
