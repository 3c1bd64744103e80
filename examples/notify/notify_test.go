package notify_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/examples/notify"
	"github.com/whimbreldb/whimbrel/sdk/sdktest"
)

func TestMain(m *testing.M) { sdktest.Main(m, notify.New()) }

// The plugin keeps what is promised of every plugin, on a real server.
func TestConformance(t *testing.T) { sdktest.Conformance(t, notify.New(), "models") }

// Who listens is told the event and the values of the fields.
func TestNotified(t *testing.T) {
	t.Parallel()
	url := sdktest.Database(t, notify.New(), `
model "book" {
  field "title" { type = text }
  field "price" { type = integer }
  notify "prices" {
    channel = "it's a shop"
    events  = [insert, delete]
    payload = [id, price]
  }
}`)
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	defer conn.Close(t.Context())
	for _, sql := range []string{
		`LISTEN "it's a shop"`, `INSERT INTO book (title, price) VALUES ('Emma', 7)`, `UPDATE book SET price = 8`, `DELETE FROM book`,
	} {
		_, err := conn.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	for _, want := range []string{`{"event" : "insert", "id" : 1, "price" : 7}`, `{"event" : "delete", "id" : 1, "price" : 8}`} {
		told, err := conn.WaitForNotification(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, told.Payload)
	}
}
