package postgres_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

// A fault is what happens to a connection.
type fault string

const (
	cut        fault = "the connection is cut before the message"
	unanswered fault = "the connection is cut before the answer to the message"
	terminated fault = "the server's process is terminated before the message"
	// Those of a statement that waits for other transactions.
	cutWaiting        fault = "the connection is cut while the statement waits"
	terminatedWaiting fault = "the server's process is terminated while the statement waits"
)

// A saboteur stands between a client and a server, counts the messages that ask the
// server for an answer, and does harm at one of them.
type saboteur struct {
	url     string // of the database behind it
	fault   fault
	at      int    // the message, from 1; 0: never
	all     bool   // count the parts of messages that ask for no answer of their own too
	only    string // count only messages with this in them
	holding string // what somebody else does meanwhile, for a statement that is to wait

	clients sync.WaitGroup

	mu    sync.Mutex
	count int
}

// start returns the URL of the saboteur.
func (s *saboteur) start(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close() })
	config, err := pgx.ParseConfig(s.url)
	require.NoError(t, err)
	network, address := pgconn.NetworkAddress(config.Host, config.Port)
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := net.Dial(network, address)
			if err != nil {
				client.Close()
				continue
			}
			s.clients.Go(func() { (&passage{saboteur: s, client: client, server: server, ready: make(chan struct{}, 1)}).run() })
		}
	}()
	host, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	return "host=" + host + " port=" + port + " user=" + config.User + " database=" + config.Database + " sslmode=disable"
}

// hits counts a message and reports whether it is the one.
func (s *saboteur) hits(kind byte, body []byte) bool {
	counts := s.all || kind == 'Q' || kind == 'S'
	if !counts || kind == 'X' || !strings.Contains(string(body), s.only) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count++
	return s.count == s.at
}

// A passage is one connection through a saboteur.
type passage struct {
	*saboteur
	client, server net.Conn
	ready          chan struct{} // the server waits for the next message

	mu   sync.Mutex
	pid  uint32
	deaf bool // the client is told nothing any more
}

func (w *passage) run() {
	defer w.client.Close()
	defer w.server.Close()
	go w.back()
	if _, body, err := frame(w.client, false); err != nil || send(w.server, 0, body) != nil {
		return
	}
	for {
		kind, body, err := frame(w.client, true)
		if err != nil {
			return
		}
		if w.hits(kind, body) && !w.harm(kind, body) {
			return
		}
		if send(w.server, kind, body) != nil {
			return
		}
	}
}

// back passes on what the server says.
func (w *passage) back() {
	defer w.client.Close()
	defer close(w.ready)
	for {
		kind, body, err := frame(w.server, true)
		if err != nil {
			return
		}
		w.mu.Lock()
		if kind == 'K' {
			w.pid = binary.BigEndian.Uint32(body)
		}
		deaf := w.deaf
		w.mu.Unlock()
		if !deaf && send(w.client, kind, body) != nil {
			return
		}
		if deaf && kind == 'Z' {
			w.ready <- struct{}{}
		}
	}
}

// harm does what is to be done at a message, and reports whether the connection stays.
func (w *passage) harm(kind byte, body []byte) bool {
	switch w.fault {
	case terminated:
		w.admin(func(ctx context.Context, conn *pgx.Conn) { w.terminate(ctx, conn) })
		return true
	case unanswered:
		w.mute()
		if send(w.server, kind, body) == nil && (kind == 'Q' || kind == 'S') {
			<-w.ready
		}
	case cutWaiting, terminatedWaiting:
		w.admin(func(ctx context.Context, conn *pgx.Conn) { w.whileWaiting(ctx, conn, kind, body) })
	}
	return false
}

// whileWaiting has a statement wait for the transaction of somebody else, who goes on
// when the harm is done. A statement that does not have to wait gets no answer.
func (w *passage) whileWaiting(ctx context.Context, conn *pgx.Conn, kind byte, body []byte) {
	w.admin(func(ctx context.Context, holder *pgx.Conn) {
		_, _ = holder.Exec(ctx, "BEGIN ISOLATION LEVEL REPEATABLE READ; "+w.holding)
		w.mute()
		_ = send(w.server, kind, body)
		for waits := false; !waits; {
			select {
			case <-w.ready:
				waits = true
			case <-time.After(2 * time.Millisecond):
				_ = conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock')", w.process()).Scan(&waits)
			}
		}
		if w.fault == terminatedWaiting {
			w.terminate(ctx, conn)
		}
		w.client.Close()
		w.server.Close()
	})
}

func (w *passage) terminate(ctx context.Context, conn *pgx.Conn) {
	for there := true; there; {
		there = conn.QueryRow(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1", w.process()).Scan(new(bool)) == nil
	}
}

func (w *passage) process() uint32 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.pid
}

func (w *passage) mute() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.deaf = true
}

// admin does something on a connection of its own.
func (w *passage) admin(do func(ctx context.Context, conn *pgx.Conn)) {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, w.url)
	if err != nil {
		return
	}
	defer conn.Close(ctx)
	do(ctx, conn)
}

// frame reads a message; the first of a client has no kind.
func frame(from io.Reader, kinded bool) (kind byte, body []byte, err error) {
	head := make([]byte, 5)
	if !kinded {
		head = head[:4]
	}
	if _, err = io.ReadFull(from, head); err != nil {
		return 0, nil, err
	}
	if kinded {
		kind, head = head[0], head[1:]
	}
	body = make([]byte, binary.BigEndian.Uint32(head)-4)
	_, err = io.ReadFull(from, body)
	return kind, body, err
}

func send(to io.Writer, kind byte, body []byte) error {
	var message []byte
	if kind != 0 {
		message = append(message, kind)
	}
	message = binary.BigEndian.AppendUint32(message, uint32(len(body)+4))
	_, err := to.Write(append(message, body...))
	return err
}
