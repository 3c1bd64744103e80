package triggers_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// TestPrepared: a transaction is checked when it is prepared. What it has locked
// stays so until it ends, even where the server crashes in between.
func TestPrepared(t *testing.T) {
	t.Parallel()
	server, err := scratch.Start(t.Context(), scratch.Private(), scratch.Setting("max_prepared_transactions", "4"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = server.Close() })
	for i, more := range [][]any{{"isolation", "read_committed"}, {"isolation", "any"}, {"isolation", "any", "level", "deferred_bulk"}} {
		url, err := server.CreateDatabase(t.Context(), fmt.Sprint("kitchen", i))
		require.NoError(t, err)
		d := &database{t: t, url: url, Conn: connect(t, url)}
		d.install(pizzasWith(t, more...))
		bakeVegan(d)
		d.run(`BEGIN`, topping(6)+`; `+topping(7))
		_, err = d.Exec(t.Context(), `PREPARE TRANSACTION 'refused'`)
		assert.Equal(t, "23514", code(err), more)
		d.run(`BEGIN`, topping(6), `PREPARE TRANSACTION 'kept'`)
		crash(t, d)
		d = &database{t: t, url: url, Conn: connect(t, url)}
		d.run(`SET lock_timeout = '100ms'`)
		assert.Equal(t, "55P03", code(d.try(topping(7))), "%v: waits for the one that is prepared", more)
		d.run(`COMMIT PREPARED 'kept'`)
		assert.Equal(t, "23514", code(d.try(topping(7))), more)
	}
}

// crash kills the session, whereupon the server ends all others and recovers. It
// returns when it has.
func crash(t *testing.T, d *database) {
	t.Helper()
	other := connect(t, d.url)
	process, err := os.FindProcess(int(d.PgConn().PID()))
	require.NoError(t, err)
	require.NoError(t, process.Kill())
	for err == nil {
		require.NoError(t, t.Context().Err())
		_, err = other.Exec(t.Context(), `SELECT`)
	}
	for err != nil {
		require.NoError(t, t.Context().Err())
		var conn *pgx.Conn
		if conn, err = pgx.Connect(t.Context(), d.url); err == nil {
			err = conn.Close(t.Context())
		}
	}
}
