package postgres_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// A wire passes on what a client and a server say. Once it is armed, the next COMMIT
// still gets to the server, and nothing that the server answers gets back.
type wire struct {
	server      string
	heard       func() // called at that COMMIT
	armed, dead atomic.Bool
}

// to returns the URL of the wire to a database.
func (w *wire) to(t *testing.T, at string) string {
	t.Helper()
	u, err := url.Parse(at)
	require.NoError(t, err)
	w.server = u.Host
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	go func() {
		for client, err := listener.Accept(); err == nil; client, err = listener.Accept() {
			go w.connect(client)
		}
	}()
	u.Host = listener.Addr().String()
	return u.String()
}

func (w *wire) connect(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp4", w.server)
	if err != nil {
		return
	}
	defer server.Close()
	go func() { _, _ = io.Copy(filter{client, func([]byte) bool { return !w.dead.Load() }}, server) }()
	_, _ = io.Copy(filter{server, func(text []byte) bool {
		if w.armed.Load() && bytes.Contains(text, []byte("COMMIT")) && w.dead.CompareAndSwap(false, true) {
			defer w.heard()
		}
		return true
	}}, client)
}

// A filter writes what it may.
type filter struct {
	to  io.Writer
	may func(text []byte) bool
}

func (f filter) Write(text []byte) (int, error) {
	if !f.may(text) {
		return len(text), nil
	}
	return f.to.Write(text)
}

// An armer arms a wire when an operation is done.
type armer struct {
	postgres.Silent
	wire *wire
}

func (a armer) Operation(postgres.Step, time.Duration) { a.wire.armed.Store(true) }

// Whoever gives up waiting for the answer to a COMMIT is told that nobody knows, and
// the next run finds out.
func TestInterruptedCommitIsNotKnown(t *testing.T) {
	t.Parallel()
	at := scratch.Database(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	w := &wire{heard: cancel}
	executor, db := open(t, w.to(t, at), postgres.Options{})
	s := script("20260101000000_a", `CREATE TABLE public.a ()`)
	var failed *postgres.ScriptError
	require.ErrorAs(t, executor.Apply(ctx, s, armer{wire: w}), &failed)
	require.True(t, failed.Interrupted())
	require.True(t, failed.Lost)
	d := failed.Diagnostic()
	require.Equal(t, "WH5303", d.Code)
	require.Contains(t, d.Detail, "It is not known whether the server committed")
	require.NotContains(t, d.Detail, "rolled back")
	require.NoError(t, db.Close())

	run(t, at, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'whimbrel' AND datname = current_database()`)
	again, _ := open(t, at, postgres.Options{Wait: patience})
	require.ErrorIs(t, again.Apply(t.Context(), s, nil), postgres.ErrApplied, "here it was")
}
