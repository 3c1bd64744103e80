package cli

import (
	"context"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/input"
	"github.com/whimbreldb/whimbrel/core/operation"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/runner"
)

// A connection is the scripts of a project on the database that they are for.
type connection struct {
	*runner.Runner
	db     *postgres.Database
	policy operation.Policy
}

// connect reads the scripts of the project, then connects to the database. The
// connection has to be closed.
func connect(ctx context.Context, s *input.Session, t input.Target) (*connection, error) {
	p, err := s.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	place, err := t.Find(s, p.File())
	if err != nil {
		return nil, err
	}
	h, err := p.Scripts(ctx)
	if err != nil {
		return nil, err
	}
	scripts, err := runner.NewScripts(h)
	if err != nil {
		return nil, err
	}
	db, err := postgres.Connect(ctx, place.URL)
	if err != nil {
		return nil, err
	}
	if s.Verbose {
		s.Talk("database %s, from %s", db, place.From)
	}
	return &connection{Runner: scripts.On(db), db: db, policy: place.Policy}, nil
}

func (c *connection) close() {
	_ = c.db.Close() // everything is committed or rolled back by now
}
