package postgres_test

import (
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// tables is a query of all tables of the schema public.
var tables = detect.CatalogQuery{Name: "tables", SQL: `SELECT 'table', 'public', 'public.' || c.relname, NULL, 'CREATE TABLE ' || c.relname, NULL, NULL
	FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 3`}

// dropped is a query that finds an index without a definition at first: the session has
// no lock yet. The next time it has one.
func dropped(then string) detect.CatalogQuery {
	return detect.CatalogQuery{Name: "indexes", SQL: `SELECT 'index', 'public', 'public.i', 'table public.t',
	CASE WHEN EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) THEN ` + then + `
		WHEN pg_advisory_lock(7)::text IS NULL THEN 'never' END, NULL, NULL`}
}

func look(t *testing.T, at string, queries ...detect.CatalogQuery) (postgres.Sight, error) {
	t.Helper()
	db, err := postgres.Connect(t.Context(), at)
	require.NoError(t, err)
	defer db.Close()
	return db.Look(t.Context(), queries)
}

// What changes while it is read is read once more, and then said.
func TestLookWhileItChanges(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	run(t, at, `CREATE TABLE t (id int)`)
	seen, err := look(t, at, tables, dropped(`'CREATE INDEX i ON t (id)'`))
	require.NoError(t, err)
	require.Len(t, seen.Objects, 2)
	require.Equal(t, "CREATE INDEX i ON t (id)", seen.Objects[1].Create)

	for name, q := range map[string]detect.CatalogQuery{
		"dropped again": dropped("NULL"),
		"gone":          {Name: "views", SQL: `SELECT 'view', '', pg_get_viewdef('nothing'::regclass), NULL, NULL, NULL, NULL`},
	} {
		_, err = look(t, at, tables, q)
		var d diag.Diagnostic
		require.ErrorAs(t, err, &d, name)
		require.Equal(t, "WH5012", d.Code, name)
	}
	_, err = look(t, at, detect.CatalogQuery{Name: "wrong", SQL: `SELECT 1/0`})
	require.ErrorContains(t, err, "wrong: ")
}

// What the user may not look at is said, and the rest is read.
func TestLookWithoutRights(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	run(t, at, `CREATE TABLE t (id int); REVOKE SELECT ON pg_catalog.pg_trigger FROM PUBLIC`)
	u, err := url.Parse(at)
	require.NoError(t, err)
	u.User = url.User(role(t, at))
	triggers := detect.CatalogQuery{Name: "triggers", SQL: `SELECT 'trigger', '', tgname::text, NULL, NULL, NULL, NULL FROM pg_trigger`}
	seen, err := look(t, u.String(), triggers, tables)
	require.NoError(t, err)
	require.Equal(t, []postgres.Unseen{{What: "triggers", Why: "permission denied for table pg_trigger"}}, seen.Unseen)
	require.Len(t, seen.Objects, 1)
	require.Equal(t, "public.t", seen.Objects[0].Name)
}

// However much there is, the server is asked four times: BEGIN, settings, everything at
// once, COMMIT.
func TestLookRoundTrips(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	proxied, answers := counting(t, at)
	db, err := postgres.Connect(t.Context(), proxied)
	require.NoError(t, err)
	defer db.Close()
	for _, more := range []string{`CREATE TABLE t (id int)`, `DO $$BEGIN FOR i IN 1..300 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id int)'; END LOOP; END$$`} {
		run(t, at, more)
		before := answers.Load()
		_, err = db.Look(t.Context(), []detect.CatalogQuery{tables})
		require.NoError(t, err)
		require.EqualValues(t, 4, answers.Load()-before)
		before = answers.Load()
		_, err = db.Look(t.Context(), []detect.CatalogQuery{tables, tables, tables, tables})
		require.NoError(t, err)
		require.EqualValues(t, 4, answers.Load()-before)
	}
}

// counting stands between a client and a server, and counts how often the server has
// answered all that it was asked.
func counting(t *testing.T, at string) (string, *atomic.Int64) {
	t.Helper()
	u, err := url.Parse(at)
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	server := u.Host
	var answers atomic.Int64
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			behind, err := net.Dial("tcp", server)
			if err != nil {
				_ = client.Close()
				return
			}
			go func() { _, _ = io.Copy(behind, client); _ = behind.Close() }()
			go func() { countAnswers(client, behind, &answers); _ = client.Close() }()
		}
	}()
	u.Host = listener.Addr().String()
	query := u.Query()
	query.Set("sslmode", "disable")
	u.RawQuery = query.Encode()
	return u.String(), &answers
}

// countAnswers passes on messages of a server: a letter, the length, the rest. With Z it
// is ready for more.
func countAnswers(client io.Writer, server io.Reader, answers *atomic.Int64) {
	head := make([]byte, 5)
	for {
		if _, err := io.ReadFull(server, head); err != nil {
			return
		}
		body := make([]byte, binary.BigEndian.Uint32(head[1:])-4)
		if _, err := io.ReadFull(server, body); err != nil {
			return
		}
		if head[0] == 'Z' {
			answers.Add(1)
		}
		if _, err := client.Write(append(append([]byte{}, head...), body...)); err != nil {
			return
		}
	}
}
