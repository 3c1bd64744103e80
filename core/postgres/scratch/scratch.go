// Package scratch starts throw-away PostgreSQL servers for tests and demos.
//
// A server needs no set-up: Start uses the one that $WHIMBREL_TEST_URL names,
// else starts one from binaries found on the machine, else downloads them. A
// server that it started ends with the process that started it, however that
// ends, and leaves no files. It keeps nothing safe on disk and trusts every
// connection from the machine, so it is for data that nobody will miss.
package scratch

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// URLVariable is the environment variable that names a server to use instead of
// starting one. Its role must be allowed to create databases.
const URLVariable = "WHIMBREL_TEST_URL"

// An Option changes how Start starts a server.
type Option func(*config)

type config struct {
	binaries string            // directory with initdb and postgres; empty: find one
	settings map[string]string // over those of the scratch server
	private  bool              // ignore URLVariable
}

// Binaries names the directory that initdb and postgres are in.
func Binaries(dir string) Option { return func(c *config) { c.binaries = dir } }

// Setting gives a configuration parameter of the server a value.
func Setting(name, value string) Option { return func(c *config) { c.settings[name] = value } }

// Private starts a server even where $WHIMBREL_TEST_URL is set.
func Private() Option { return func(c *config) { c.private = true } }

// Start returns a running server. Its error says what was tried and what to
// install or set if there is no way to get one.
func Start(ctx context.Context, opts ...Option) (*Server, error) {
	c := config{settings: map[string]string{}}
	for _, opt := range opts {
		opt(&c)
	}
	if url := os.Getenv(URLVariable); url != "" && !c.private {
		return connect(ctx, url)
	}
	dir, err := c.bindir(ctx)
	if err != nil {
		return nil, err
	}
	return start(ctx, dir, c.settings)
}

func (c config) bindir(ctx context.Context) (string, error) {
	if c.binaries != "" {
		return c.binaries, nil
	}
	if dir := find(ctx); dir != "" {
		return dir, nil
	}
	dir, err := download(ctx)
	if err != nil {
		return "", errors.Join(errNoServer, fmt.Errorf("downloading PostgreSQL: %w", err))
	}
	return dir, nil
}

var errNoServer = errors.New("no PostgreSQL: install its server (initdb and postgres), " +
	"or set " + URLVariable + " to a server that may be used for tests")
