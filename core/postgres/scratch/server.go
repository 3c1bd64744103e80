package scratch

import (
	"context"
	"fmt"
	"net/url"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/whimbreldb/whimbrel/core/address"
)

// A Server is a PostgreSQL server whose databases may be made and dropped at
// will. It is safe for concurrent use.
type Server struct {
	url     string   // of a database to connect to for making others
	process *process // nil for a server that was running already
	closed  sync.Once
}

// connect returns the server that is running at a URL.
func connect(ctx context.Context, at string) (*Server, error) {
	if parsed, err := url.Parse(at); err != nil || parsed.Host == "" && parsed.RawQuery == "" {
		return nil, fmt.Errorf("%s is no URL such as postgres://postgres@127.0.0.1:5432", URLVariable)
	}
	s := &Server{url: at}
	if parsed, _ := url.Parse(at); parsed.Path == "" || parsed.Path == "/" {
		s.url = s.URL("postgres")
	}
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return nil, fmt.Errorf("the server of %s: %w", URLVariable, err)
	}
	return s, conn.Close(ctx)
}

// URL returns the URL of a database of the server.
func (s *Server) URL(database string) string {
	u, err := url.Parse(s.url)
	if err != nil {
		return s.url // it was parsed when the server was made
	}
	u.Path, u.RawPath = "/"+database, ""
	return u.String()
}

// CreateDatabase makes an empty database and returns its URL.
func (s *Server) CreateDatabase(ctx context.Context, name string) (string, error) {
	// template0 takes no connections, so several can be made from it at once.
	err := s.exec(ctx, "CREATE DATABASE "+address.Quote(name)+" TEMPLATE template0")
	if err != nil {
		return "", fmt.Errorf("creating database %s: %w", name, err)
	}
	return s.URL(name), nil
}

// DropDatabase drops a database, its connections included. It is no error if
// there is none.
func (s *Server) DropDatabase(ctx context.Context, name string) error {
	err := s.exec(ctx, "DROP DATABASE IF EXISTS "+address.Quote(name)+" WITH (FORCE)")
	if err != nil {
		return fmt.Errorf("dropping database %s: %w", name, err)
	}
	return nil
}

func (s *Server) exec(ctx context.Context, sql string) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	return err
}

// Close ends a server that Start started and removes its files. Further calls do
// nothing. A server of $WHIMBREL_TEST_URL goes on.
func (s *Server) Close() error {
	if s.process == nil {
		return nil
	}
	s.closed.Do(func() {
		s.process.stop()
		s.process.place.remove()
	})
	return nil
}
