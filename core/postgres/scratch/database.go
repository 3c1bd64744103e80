package scratch

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
)

// A Test is the part of testing.TB that Database needs; with it, programs that
// use scratch servers do not link the testing package.
type Test interface {
	Helper()
	Cleanup(func())
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// shared is the one server of a test binary, started by the first test that
// wants a database. It is the only package-level state that changes: Go gives
// tests no other place for what a whole binary shares, and a server per test
// would take seconds. It ends with the process.
var shared = sync.OnceValues(func() (*Server, error) { return Start(context.Background()) })

// Database returns the URL of a new, empty database on the server that the tests
// of this binary share, and drops it after the test. Tests may run at once.
func Database(t Test) string {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("scratch server: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	name := "whimbrel_test_" + strings.ToLower(rand.Text()[:12])
	url, err := server.CreateDatabase(ctx, name)
	if err != nil {
		t.Fatalf("scratch database: %v", err)
	}
	t.Cleanup(func() { drop(t, server, name) })
	return url
}

func drop(t Test, server *Server, name string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := server.DropDatabase(ctx, name); err != nil {
		t.Logf("scratch database: %v", err)
	}
}
