package postgres

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// A Session is somebody else's connection to the server. What the server does
// not tell the present user is zero.
type Session struct {
	PID         int
	User        string
	Application string
	Address     string // of the client; empty for a socket on the server's machine
	State       string // "active", "idle in transaction"
	Since       time.Time
	QueryStart  time.Time
	Query       string        // what it runs, or ran last
	Quiet       time.Duration // since its state changed
}

// sessionColumns selects a Session from pg_stat_activity a.
const sessionColumns = `coalesce(a.pid, 0), coalesce(a.usename, ''), coalesce(a.application_name, ''),
	coalesce(host(a.client_addr), ''), coalesce(a.state, ''), a.backend_start, a.query_start, coalesce(a.query, ''),
	coalesce(extract(epoch FROM pg_catalog.clock_timestamp() - a.state_change), 0)::float8`

func scanSession(row pgx.CollectableRow) (Session, error) {
	var s Session
	var since, query *time.Time
	var quiet float64
	err := row.Scan(&s.PID, &s.User, &s.Application, &s.Address, &s.State, &since, &query, &s.Query, &quiet)
	s.Quiet = time.Duration(quiet * float64(time.Second))
	if since != nil {
		s.Since = *since
	}
	if query != nil {
		s.QueryStart = *query
	}
	return s, err
}

// String returns who it is, such as `process 4711 (deploy, whimbrel from
// 10.0.0.7, since 2026-11-22 10:15:00 UTC)`.
func (s Session) String() string {
	who := s.User
	if s.Application != "" {
		who = strings.TrimPrefix(who+", "+s.Application, ", ")
	}
	if s.Address != "" {
		who += " from " + s.Address
	}
	if !s.Since.IsZero() {
		who = strings.TrimPrefix(who+", since "+s.Since.UTC().Format("2006-01-02 15:04:05 MST"), ", ")
	}
	if who == "" {
		return fmt.Sprintf("process %d", s.PID)
	}
	return fmt.Sprintf("process %d (%s)", s.PID, who)
}

// idle reports whether the session has done nothing for longer than a whimbrel ever
// does between two statements.
func (s Session) idle() bool { return s.State == "idle" && s.Quiet > time.Minute }

// running returns what the session does, in one line of at most limit characters.
func (s Session) running(limit int) string {
	query := []rune(strings.Join(strings.Fields(s.Query), " "))
	if len(query) > limit {
		query = append(query[:limit], '.', '.', '.')
	}
	if s.State == "" || len(query) == 0 {
		return string(query)
	}
	return s.State + ": " + string(query)
}

// blockers returns the sessions that a process waits for, by process ID.
func blockers(ctx context.Context, conn *pgx.Conn, pid uint32) ([]Session, error) {
	rows, err := conn.Query(ctx, `SELECT `+sessionColumns+` FROM pg_catalog.pg_stat_activity a
		WHERE a.pid = ANY (pg_catalog.pg_blocking_pids($1::int)) ORDER BY a.pid`, int64(pid))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanSession)
}
