package runner_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
)

// sqlOf is a migration of statements.
func sqlOf(id string, statements ...string) *migration.Migration {
	m := creation(id, pizza)
	m.Operations[0].Up = operation.SQL(statements...)
	return m
}

// A table that later migrations gave another name is looked for by that.
func TestFoundedBeforeWhatIsApplied(t *testing.T) {
	t.Parallel()
	later := sqlOf(second, `ALTER TABLE public.pizza RENAME TO tart`)
	later.Parents = []string{first}
	b := newBench(t, sqlOf(first, `CREATE TABLE public.pizza (id int)`), later)
	require.NoError(t, b.e.Fake(t.Context(), b.Script(second), postgres.Up))
	_, err := b.db.Query(t.Context(), `CREATE TABLE public.tart ()`)
	require.NoError(t, err)
	way, _, err := b.To(t.Context(), first, true)
	require.NoError(t, err)
	require.Len(t, way.Stages, 1)
	require.NoError(t, b.Founded(t.Context(), way))
}

// What a way leaves has to be there, by the names that it has in the end.
func TestFounded(t *testing.T) {
	t.Parallel()
	b := newBench(t, sqlOf(first,
		`CREATE TABLE public.pizza (id int)`, `CREATE UNLOGGED TABLE IF NOT EXISTS shop."A b" (id int)`, `create table loose as select 1`,
		`CREATE TABLE public.dropped (id int)`, `CREATE TEMP TABLE passing (id int)`, `DROP TABLE IF EXISTS other, dropped CASCADE`,
		`ALTER TABLE ONLY public.pizza RENAME TO tart`, `ALTER TABLE public.tart RENAME COLUMN id TO no`, `ALTER TABLE IF EXISTS public.tart SET SCHEMA shop`,
		`ALTER SCHEMA shop RENAME TO store`, `DO $$BEGIN CREATE TABLE unseen (); END$$`))
	way, _, err := b.To(t.Context(), "", true)
	require.NoError(t, err)
	var d diag.Diagnostic
	require.ErrorAs(t, b.Founded(t.Context(), way), &d)
	require.Equal(t, "WH0133", d.Code)
	require.Equal(t, `There is no table store.tart, store."A b", loose. Nothing was recorded.`, d.Detail)
	require.Contains(t, d.Next, "the right database")

	_, err = b.db.Query(t.Context(), `CREATE SCHEMA store; CREATE TABLE store.tart (); CREATE TABLE store."A b" ()`)
	require.NoError(t, err)
	require.ErrorAs(t, b.Founded(t.Context(), way), &d)
	require.Contains(t, d.Detail, "There is no table loose.")
	require.Contains(t, d.Next, "whimbrel migrate --to ID --fake")
	_, err = b.db.Query(t.Context(), `CREATE TABLE loose ()`)
	require.NoError(t, err)
	require.NoError(t, b.Founded(t.Context(), way))
	way, err = b.Back(t.Context(), 1)
	require.NoError(t, err)
	require.NoError(t, b.Founded(t.Context(), way))
}
