package partitions_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/examples/partitions"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, partitions.New()) }

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, partitions.New(), "models") }

// The function makes the months to come, however often it is called.
func TestAhead(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, partitions.New(), `
model "event" {
  field "at" { type = timestamptz }
  primary_key { fields = [at] }
  monthly {
    over  = at
    first = "2020-01"
    count = 2
  }
  months_ahead = true
}`)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, sql := range []string{
		"INSERT INTO event VALUES ('2020-02-28 12:00Z')", "SELECT event_months_ahead(2)", "SELECT event_months_ahead(2)",
		"INSERT INTO event VALUES (now()), (now() + interval '1 month')",
	} {
		_, err := conn.Exec(t.Context(), sql)
		require.NoError(t, err, sql)
	}
	var count int
	require.NoError(t, conn.QueryRow(t.Context(), "SELECT count(*) FROM pg_inherits WHERE inhparent = 'event'::regclass").Scan(&count))
	require.Equal(t, 5, count)
}
