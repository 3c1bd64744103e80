package postgres_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A small migration is two messages and two answers: what it does, and the record with
// COMMIT.
func TestMessagesOfASmallMigration(t *testing.T) {
	t.Parallel()
	messages := func(migrations int) int {
		s := &saboteur{url: scratch.Database(t)}
		var scripts []postgres.Script
		for i := range migrations {
			scripts = append(scripts, script(fmt.Sprintf("202601010000%02d_t", i), fmt.Sprintf(`CREATE TABLE public.t%d ()`, i)))
		}
		require.NoError(t, deploy(t.Context(), s.start(t), scripts, nil))
		s.clients.Wait()
		return s.count
	}
	require.Equal(t, 2*10, messages(15)-messages(5))
}

// Where in a statement an error is does not depend on what is sent along with it.
func TestPlaceOfAnErrorInTheFirstStatement(t *testing.T) {
	t.Parallel()
	executor, _ := empty(t)
	for _, sql := range []string{`SELECT 1 FROM nowhere`, `SELECT 1 FRM pg_class c`} {
		var first, second *postgres.ScriptError
		require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", sql), nil), &first)
		require.ErrorAs(t, executor.Apply(t.Context(), script("20260101000000_a", `SELECT 1`, sql), nil), &second)
		require.Positive(t, first.Server.Position)
		require.Equal(t, second.Server.Position, first.Server.Position, sql)
	}
}
