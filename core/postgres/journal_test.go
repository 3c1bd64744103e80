package postgres_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// The journal says what was done, by whom and from where, whatever came of it.
func TestJournal(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	executor, db := open(t, url, postgres.Options{Operator: "deploy@ci-7"})
	good := down(script("20260101000000_a", `CREATE TABLE public.a ()`), `DROP TABLE public.a`)
	bad := script("20260102000000_b", `SELECT 'größe'::int`)
	outside := mode(script("20260103000000_c", `DO $$BEGIN COMMIT; PERFORM 1/0; END$$`), 1, operation.Outside)
	require.NoError(t, executor.Apply(t.Context(), good, nil))
	require.NoError(t, executor.Rollback(t.Context(), good, nil))
	require.Error(t, executor.Apply(t.Context(), bad, nil))
	require.NoError(t, executor.Fake(t.Context(), good, postgres.Up))
	require.NoError(t, executor.Fake(t.Context(), good, postgres.Down))
	require.Error(t, executor.Apply(t.Context(), outside, nil))
	require.NoError(t, executor.Settle(t.Context(), outside, 1, false))

	entries, err := db.Journal(t.Context())
	require.NoError(t, err)
	var got []string
	for _, e := range entries {
		got = append(got, string(e.Action)+" "+e.Migration)
		require.Equal(t, []string{"deploy@ci-7", "test", "postgres", "whimbrel", "shop"}, []string{e.Operator, e.Version, e.User, e.Application, e.App})
		require.Equal(t, e.Action == postgres.Applied || e.Action == postgres.RolledBack || e.Action == postgres.Failed, e.Took > 0)
		require.False(t, e.At.IsZero())
		require.Equal(t, "127.0.0.1", e.Address.String())
	}
	require.Equal(t, []string{
		"applied 20260101000000_a", "rolled back 20260101000000_a", "failed 20260102000000_b", "recorded 20260101000000_a",
		"unrecorded 20260101000000_a", "failed 20260103000000_c", "settled 20260103000000_c",
	}, got)
	require.Contains(t, entries[2].Detail, `invalid input syntax for type integer: "gr??e"`)
	require.Equal(t, 1, entries[6].Operation)
	require.Equal(t, "down", entries[6].Detail)
}

// A database without a record has no journal, nor has that of an older whimbrel, which
// gets one from the next run.
func TestJournalOfAnOlderRecord(t *testing.T) {
	t.Parallel()
	url := scratch.Database(t)
	db, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	entries, err := db.Journal(t.Context())
	require.NoError(t, err)
	require.Empty(t, entries)
	executor, _ := open(t, url, postgres.Options{})
	require.NoError(t, executor.Close())
	run(t, url, `DROP TABLE whimbrel.journal; UPDATE whimbrel.layout SET version = 2`)
	entries, err = db.Journal(t.Context())
	require.NoError(t, err)
	require.Empty(t, entries)
	executor, _ = open(t, url, postgres.Options{})
	require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a", `SELECT 1`), nil))
	entries, err = db.Journal(t.Context())
	require.NoError(t, err)
	require.Len(t, entries, 1)
}

// Its owner may add rows, and do nothing else with them.
func TestJournalIsAppendOnly(t *testing.T) {
	t.Parallel()
	_, url := empty(t)
	for _, right := range []string{"UPDATE", "DELETE", "TRUNCATE"} {
		require.Equal(t, "0", value(t, url, `SELECT count(*) FROM pg_class c, aclexplode(c.relacl) AS a
			WHERE c.oid = 'whimbrel.journal'::regclass AND a.privilege_type = '`+right+`'`))
	}
	require.Equal(t, "1", value(t, url, `SELECT count(*) FROM pg_class c, aclexplode(c.relacl) AS a
		WHERE c.oid = 'whimbrel.journal'::regclass AND a.privilege_type = 'INSERT'`))
}
