package postgres_test

import (
	"context"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A pooler stands between clients and a few connections to a server, as PgBouncer
// does: it gives a client one of them for each transaction, or for a session.
type pooler struct {
	t          *testing.T
	url        string // of the database behind it
	sessions   bool   // a connection belongs to a client until it goes
	statements bool   // a connection is given for a statement only
	rotating   bool   // take the connection that has waited longest, not the one used last
	honest     bool   // tell the process number of the first connection

	clients sync.WaitGroup // that are served

	mu   sync.Mutex
	idle []*pgconn.HijackedConn
}

// start returns the URL of the pooler.
func (p *pooler) start() string {
	p.t.Helper()
	for range 3 {
		conn, err := pgconn.Connect(p.t.Context(), p.url)
		require.NoError(p.t, err)
		backend, err := conn.Hijack()
		require.NoError(p.t, err)
		p.t.Cleanup(func() { backend.Conn.Close() })
		p.idle = append(p.idle, backend)
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(p.t, err)
	p.t.Cleanup(func() { listener.Close() })
	first := p.idle[0]
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			p.clients.Go(func() { p.serve(client, first) })
		}
	}()
	u, err := url.Parse(p.url)
	require.NoError(p.t, err)
	u.Host = listener.Addr().String()
	return u.String()
}

// serve welcomes a client and passes on what it and the server say.
func (p *pooler) serve(conn net.Conn, first *pgconn.HijackedConn) {
	defer conn.Close()
	client := pgproto3.NewBackend(conn, conn)
	if _, err := client.ReceiveStartupMessage(); err != nil {
		return
	}
	client.Send(&pgproto3.AuthenticationOk{})
	for name, value := range first.ParameterStatuses {
		client.Send(&pgproto3.ParameterStatus{Name: name, Value: value})
	}
	key := &pgproto3.BackendKeyData{ProcessID: 1 << 30, SecretKey: []byte{1, 2, 3, 4}}
	if p.honest {
		key.ProcessID = first.PID
	}
	client.Send(key)
	client.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	var mine *pgconn.HijackedConn
	for client.Flush() == nil {
		message, err := client.Receive()
		if _, end := message.(*pgproto3.Terminate); err != nil || end {
			break
		}
		if mine == nil {
			mine = p.take()
		}
		mine.Frontend.Send(message)
		switch message.(type) {
		case *pgproto3.Query, *pgproto3.Sync:
			if p.answer(client, mine) == 'I' && !p.sessions {
				mine = p.give(mine)
			}
		}
	}
	if mine != nil { // whatever it left: a transaction is rolled back
		mine.Frontend.Send(&pgproto3.Query{String: "ROLLBACK"})
		p.answer(pgproto3.NewBackend(conn, conn), mine)
		p.give(mine)
	}
}

// answer passes on what the server says until it is ready, and returns its state. The
// client hears of it with the next Flush, when the connection can be somebody else's.
func (p *pooler) answer(client *pgproto3.Backend, from *pgconn.HijackedConn) byte {
	if from.Frontend.Flush() != nil {
		return 'I'
	}
	for {
		message, err := from.Frontend.Receive()
		if err != nil {
			return 'I'
		}
		ready, ok := message.(*pgproto3.ReadyForQuery)
		if ok && p.statements && ready.TxStatus != 'I' {
			message = &pgproto3.ErrorResponse{Severity: "FATAL", Code: "08P01", Message: "transaction blocks not allowed in statement pooling mode"}
		}
		client.Send(message)
		if ok {
			return ready.TxStatus
		}
	}
}

func (p *pooler) take() *pgconn.HijackedConn {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := len(p.idle) - 1
	if p.rotating {
		at = 0
	}
	taken := p.idle[at]
	p.idle = append(p.idle[:at:at], p.idle[at+1:]...)
	return taken
}

func (p *pooler) give(back *pgconn.HijackedConn) *pgconn.HijackedConn {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.idle = append(p.idle, back)
	return nil
}

// Through a pooler that shares out the server's processes by transactions a database
// can be read; to migrate it is refused, and nothing is left behind.
func TestTransactionPooler(t *testing.T) {
	t.Parallel()
	for _, rotating := range []bool{false, true} {
		direct := scratch.Database(t)
		executor, _ := open(t, direct, postgres.Options{})
		require.NoError(t, executor.Apply(t.Context(), script("20260101000000_a", `SELECT 1`), nil))
		require.NoError(t, executor.Close())
		p := &pooler{t: t, url: direct + "&application_name=pool", rotating: rotating}
		pooled := p.start()
		db, err := postgres.Connect(t.Context(), pooled)
		require.NoError(t, err)
		applied, err := db.Applied(t.Context())
		require.NoError(t, err)
		require.Len(t, applied, 1)
		require.NoError(t, db.Close())
		p.clients.Wait()

		d := opening(t, pooled)
		p.clients.Wait()
		require.Equal(t, "WH5010", d.Code)
		require.Contains(t, d.Next, "pool_mode = session")
		require.Equal(t, "0", value(t, direct, `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`))
		for range 3 { // the sessions of the pooler are as they were
			conn, err := pgconn.Connect(t.Context(), pooled)
			require.NoError(t, err)
			results, err := conn.Exec(t.Context(), `SELECT string_agg(name, ',') FROM pg_settings WHERE source = 'session'`).ReadAll()
			require.NoError(t, err)
			require.Empty(t, string(results[0].Rows[0][0]))
			require.NoError(t, conn.Close(t.Context()))
		}
	}
}

// A pooler that passes on the number of a process is noticed when another one has
// taken the lock: the message says who holds it now, and how to get rid of it.
func TestTransactionPoolerIsNoticedLate(t *testing.T) {
	t.Parallel()
	direct := scratch.Database(t)
	p := &pooler{t: t, url: direct, rotating: true, honest: true}
	db, err := postgres.Connect(t.Context(), p.start())
	require.NoError(t, err)
	defer db.Close()
	_, err = postgres.Open(t.Context(), db, postgres.Options{})
	var d diag.Diagnostic
	require.ErrorAs(t, err, &d)
	require.Equal(t, "WH5010", d.Code)
	holder := value(t, direct, `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
	require.Contains(t, d.Detail, "SELECT pg_terminate_backend("+holder+")")

	var busy *postgres.LockBusyError
	other, err := postgres.Connect(t.Context(), direct)
	require.NoError(t, err)
	defer other.Close()
	_, err = postgres.Open(t.Context(), other, postgres.Options{})
	require.ErrorAs(t, err, &busy)
	require.NotContains(t, busy.Diagnostic().Next, "pg_terminate_backend", "who has been idle for a moment may go on")
	busy.Holder.State, busy.Holder.Quiet = "idle", 1<<40
	require.Contains(t, busy.Diagnostic().Next, "SELECT pg_terminate_backend("+holder+")")
}

// A pooler that shares them out by statements is of no use at all.
func TestStatementPooler(t *testing.T) {
	t.Parallel()
	p := &pooler{t: t, url: scratch.Database(t), statements: true}
	require.Equal(t, "WH5010", failing(t, p.start()).Code)
}

// A pooler that keeps sessions is as good as the server.
func TestSessionPooler(t *testing.T) {
	t.Parallel()
	p := &pooler{t: t, url: scratch.Database(t), sessions: true}
	require.NoError(t, deploy(context.Background(), p.start(), fleet(), nil))
	require.Equal(t, "2", value(t, p.url, `SELECT count(*) FROM whimbrel.migrations`))
}
