package postgres_test

import (
	"fmt"
	"net"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// However a connection string is mistaken, no piece of it gets into a message that
// may be of the password.
func TestPasswordIsNeverShown(t *testing.T) {
	t.Parallel()
	nowhere := closed(t)
	for _, text := range []string{
		"u:SECRET@h/db", "postgres//u:SECRET@h/db", "postgres:/u:SECRET@h/db", "postgres:u:SECRET@h/db", "//u:SECRET@h/db", " postgres://u:SECRET@h/db",
		"postgres://u:a@SECRET@h/db", "postgres://u:1/SECRET@h/db", "postgres://u:1/a/SECRET@h/db", "postgres://u:a/SECRET@h/db", "postgres://u:1#SECRET@h/db",
		"postgres://u:1?SECRET@h/db", "postgres://u:a?SECRET@h/db", "postgres://u:SE CRET@h/db", "postgres://u:SECRET%zz@h/db", "postgres://u:SECRET@h:port/db",
		"postgres://[u:SECRET@h/db", "postgres://SECRET:@:x/db", "mysql://u:SECRET@h/db", "jdbc:postgresql://u:SECRET@h/db?x=1", "jdbc:postgresql://h/db?user=u&password=SECRET",
		"postgres://h/db?a=1;password=SECRET", "postgres://h/db?password=SECRET;x=1&b", "postgres://h:x/db?pasword=SECRET", "postgres://u:SECRET@h",
		`host=h password=a\ SECRET bad`, `password='SECRET`, "host=h pass word=SECRET", "password=SECRET", "host=h port=x password=SECRET", "dbname=postgres://u:SECRET@h/db host=h",
		"postgres://h/postgres://u:SECRET@h/db", "SECRET", "export DATABASE_URL=postgres://u:SECRET@h/db", "postgres://u:SECRET@h1,h2@SECRET:1/db",
		"postgres://u:SECRET@" + nowhere + "/db", "host=127.0.0.1 dbname=db user=u password=SECRET connect_timeout=nonsense",
		"postgres://u:SECRET@" + nowhere + "/db?sslcert=/nowhere", "postgres://u:x@" + nowhere + "/db?sslpassword=SECRET&passfile=x&sslkey=a",
	} {
		_, err := postgres.Connect(t.Context(), text)
		var d diag.Diagnostic
		require.ErrorAs(t, err, &d, text)
		require.NotContains(t, fmt.Sprintf("%+v %v", d, err), "SECRET", text)
	}
}

// closed returns an address that nobody listens at.
func closed(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// Of several hosts the one is shown, and connected to again, that was reached.
func TestSeveralHosts(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	u, err := url.Parse(at)
	require.NoError(t, err)
	name, nobody := u.Path, closed(t)
	there := u.Host
	for _, hosts := range []string{nobody + "," + there, there + "," + nobody, nobody + ",localhost:" + u.Port()} {
		u.Host = hosts
		db, err := postgres.Connect(t.Context(), u.String())
		require.NoError(t, err)
		defer db.Close()
		require.Contains(t, []string{"postgres://postgres@" + there + name, "postgres://postgres@localhost:" + u.Port() + name}, db.String(), hosts)
		executor, err := postgres.Open(t.Context(), db, postgres.Options{})
		require.NoError(t, err)
		require.NoError(t, executor.Close())
	}
	db, err := postgres.Connect(t.Context(), "host=127.0.0.1,127.0.0.1 port="+portOf(nobody)+","+portOf(there)+" user=postgres sslmode=disable dbname="+name[1:])
	require.NoError(t, err)
	defer db.Close()
	require.Equal(t, "postgres://postgres@"+there+name, db.String())

	u.Host = nobody + "," + closed(t)
	d := failing(t, u.String())
	require.Equal(t, "no server at "+nobody+", "+u.Host[len(nobody)+1:], d.Summary)
}

func portOf(address string) string {
	_, port, _ := net.SplitHostPort(address)
	return port
}

// A server takes a database that is called like the user where none is named.
func TestDatabaseHasToBeNamed(t *testing.T) {
	t.Setenv("PGDATABASE", "")
	server, err := scratch.Start(t.Context(), scratch.Private())
	require.NoError(t, err)
	t.Cleanup(func() { server.Close() })
	u, err := url.Parse(server.URL(""))
	require.NoError(t, err)
	for _, at := range []string{u.String(), "host=127.0.0.1 user=postgres sslmode=disable port=" + u.Port()} {
		d := failing(t, at)
		require.Equal(t, "WH5008", d.Code)
		require.Contains(t, d.Detail, u.Host)
	}
	t.Setenv("PGDATABASE", "postgres")
	db, err := postgres.Connect(t.Context(), u.String())
	require.NoError(t, err)
	require.NoError(t, db.Close())
}
