package clitest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// busy holds the lock of the script's database until the script ends.
func busy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: busy")
	}
	db, err := postgres.Connect(context.Background(), ts.Getenv("DATABASE_URL"))
	ts.Check(err)
	_, err = postgres.Open(context.Background(), db, postgres.Options{})
	ts.Check(err)
	ts.Defer(func() { _ = db.Close() })
}

// hba lets the superuser in and asks everybody else for a password.
const hba = `host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
local all all trust
`

var guardedServer = sync.OnceValues(startGuarded)

// startGuarded starts a server with a role "baker" whose password is "open-sesame".
func startGuarded() (string, error) {
	dir, err := os.MkdirTemp("", "whimbrel-hba-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "pg_hba.conf")
	// The server may run as another user than the test.
	if err := os.Chmod(dir, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(file, []byte(hba), 0o644); err != nil {
		return "", err
	}
	server, err := scratch.Start(context.Background(), scratch.Private(), scratch.Setting("hba_file", file))
	if err != nil {
		return "", err
	}
	conn, err := pgx.Connect(context.Background(), server.URL("postgres"))
	if err != nil {
		return "", err
	}
	defer conn.Close(context.Background())
	_, err = conn.Exec(context.Background(), "CREATE ROLE baker LOGIN PASSWORD 'open-sesame'")
	return strings.Replace(server.URL("postgres"), "postgres@", "baker@", 1), err
}

// guarded sets OPEN_URL without a password and GUARDED_URL with a wrong one.
func guarded(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: guarded")
	}
	url, err := guardedServer()
	ts.Check(err)
	ts.Setenv("OPEN_URL", url)
	ts.Setenv("GUARDED_URL", strings.Replace(url, "baker@", "baker:wrong-sesame@", 1))
}
