package simulation_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/simulation"
)

// What is over a column stays with it when that gets another name, and is not taken away
// with a new column of the old one.
func TestConstraintFollowsColumn(t *testing.T) {
	t.Parallel()
	require.Nil(t, proven("CREATE TABLE public.t (c1 integer CONSTRAINT k UNIQUE, d integer CHECK (c1 > 0))",
		"ALTER TABLE public.t RENAME COLUMN c1 TO name", "ALTER TABLE public.t RENAME COLUMN name TO c1",
		"ALTER TABLE public.t ADD COLUMN c1 date", "ALTER TABLE public.t DROP COLUMN c1"))
	failure := proven("CREATE TABLE public.t (c1 integer CONSTRAINT k UNIQUE)",
		"ALTER TABLE public.t RENAME COLUMN c1 TO name", "ALTER TABLE public.t RENAME COLUMN name TO c1",
		"ALTER TABLE public.t DROP COLUMN name", "ALTER TABLE public.t ADD COLUMN name integer")
	require.NotNil(t, failure)
	require.Equal(t, "constraint public.t.k", failure.Name.String())
}

// A sequence that PostgreSQL has named itself goes with its table, also under another name,
// and has the name once more with a new table.
func TestSequenceGoesWithTable(t *testing.T) {
	t.Parallel()
	require.Nil(t, proven(`CREATE TABLE public.a (id bigint GENERATED ALWAYS AS IDENTITY); CREATE TABLE public.c (id bigint GENERATED ALWAYS AS IDENTITY);
		ALTER TABLE public.a RENAME TO b; ALTER SEQUENCE public.a_id_seq RENAME TO b_id_seq`,
		"DROP TABLE public.b", "CREATE TABLE public.b (id bigint GENERATED ALWAYS AS IDENTITY)",
		"ALTER TABLE public.c RENAME TO b", "ALTER TABLE public.b RENAME TO c",
		"ALTER SEQUENCE public.c_id_seq RENAME TO b_id_seq", "ALTER SEQUENCE public.b_id_seq RENAME TO c_id_seq"))
}

// proven runs pairs of statements, forth and back, after some others.
func proven(before string, pairs ...string) *simulation.Failure {
	catalog := simulation.Empty()
	for sql := range strings.SplitSeq(before, ";") {
		catalog.Learn(simulation.Read(sql))
	}
	var list []operation.Operation
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, operation.Operation{Up: operation.SQL(pairs[i]), Down: operation.SQL(pairs[i+1])})
	}
	return simulation.NewProof(catalog).Run(list)
}
