package postgres_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// Each script is judged in the database that the ones before it leave, and
// nothing of it stays.
func TestRehearse(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	made := down(script("20260101000000_made", `CREATE TABLE a (x int)`, `INSERT INTO a VALUES (1)`), `DROP TABLE a`)
	renamed := down(script("20260102000000_renamed", `SELECT 1`, `ALTER TABLE a RENAME TO b`), `SET ROLE pg_monitor`, `ALTER TABLE b RENAME TO a`)
	for _, s := range []postgres.Script{made, renamed} {
		require.NoError(t, executor.Apply(t.Context(), s, nil))
	}
	back := []postgres.Script{renamed, made}
	var asked []int
	err := executor.Rehearse(t.Context(), back, func(i int, on postgres.Respondent) error {
		asked = append(asked, i)
		for sql, there := range map[string]bool{"SELECT EXISTS (SELECT FROM b)": i == 0, "SELECT EXISTS (SELECT FROM a)": i == 1} {
			found, err := on.Probe(t.Context(), sql)
			require.Equal(t, there, found, sql)
			require.Equal(t, there, err == nil, sql)
			require.Equal(t, !there, errors.Is(err, postgres.ErrUnknown), sql)
		}
		for sql, wrong := range map[string]string{
			"DELETE FROM whimbrel.migrations RETURNING true": "not one SELECT",
			"COMMIT":                "not one SELECT",
			"SELECT true; COMMIT":   "not one SELECT",
			"/* ; */ ROLLBACK":      "not one SELECT",
			"SELECT 'a;b' = 'a;b';": "",
			"WITH d AS (DELETE FROM whimbrel.migrations RETURNING 1) SELECT true FROM d":  "read-only transaction",
			"SELECT set_config('transaction_read_only', 'off', true) = pg_sleep(0)::text": "read-only transaction",
			"SELECT true FROM pg_advisory_unlock_all()":                                   "not one SELECT",
		} {
			_, err := on.Probe(t.Context(), sql)
			if wrong == "" {
				require.NoError(t, err, sql)
			} else {
				require.ErrorContains(t, err, wrong, sql)
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 2}, asked)
	require.Equal(t, "1", value(t, url, `SELECT count(*) FROM b`))
	require.Equal(t, "2", value(t, url, `SELECT count(*) FROM whimbrel.migrations`))
	for _, s := range back {
		require.NoError(t, executor.Rollback(t.Context(), s, nil), "the lock and the connection are as before")
	}
}

// What would be committed in between, or fails, is no rehearsal.
func TestRehearseIsRefused(t *testing.T) {
	t.Parallel()
	executor, url := empty(t)
	made := down(script("20260101000000_made", `CREATE TABLE a (x int)`), `DROP TABLE a`)
	apart := mode(down(script("20260102000000_apart", `CREATE INDEX CONCURRENTLY i ON a (x)`), `DROP INDEX CONCURRENTLY i`), 1, operation.Outside)
	broken := down(script("20260103000000_broken", `SELECT 1`), `SELECT 1/0`)
	for _, s := range []postgres.Script{made, apart, broken} {
		require.NoError(t, executor.Apply(t.Context(), s, nil))
	}
	judge := func(int, postgres.Respondent) error { return nil }
	require.ErrorIs(t, executor.Rehearse(t.Context(), []postgres.Script{apart, made}, judge), postgres.ErrNoRehearsal)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Rehearse(t.Context(), []postgres.Script{broken, made}, judge), &failed)
	require.Equal(t, "1", value(t, url, `SELECT count(*) FROM pg_class WHERE relname = 'i'`))
	require.NoError(t, executor.Rollback(t.Context(), down(broken, `SELECT 1`), nil))
}
