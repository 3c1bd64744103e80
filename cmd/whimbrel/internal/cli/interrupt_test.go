package cli_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// Whoever presses ^C while a statement waits for a lock gets their prompt back,
// is told what has become of the database, and can go on later.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir, url := t.TempDir(), scratch.Database(t)
	write(t, dir, "whimbrel.hcl", `app "shop" {}`)
	write(t, dir, "models/shop.hcl", "model \"book\" {\n  field \"title\" { type = text }\n}\n")
	code, _, errs := run(t, dir, "", "make")
	require.Zero(t, code, errs)
	code, _, errs = run(t, dir, "", "migrate", "--url", url)
	require.Zero(t, code, errs)
	write(t, dir, "models/shop.hcl", "model \"book\" {\n  field \"title\" { type = varchar(9) }\n}\n")
	code, _, errs = run(t, dir, "", "make")
	require.Zero(t, code, errs)

	reader := holdTable(t, url)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	screen := &screen{on: "waiting for", do: cancel}
	app := cli.App{Process: output.Process{
		In: strings.NewReader(""), Out: screen, Err: screen, Now: time.Now,
		Getenv: func(string) (string, bool) { return "", false },
	}}
	code = app.Run(ctx, "-C", dir, "migrate", "--url", url, "--lock-timeout", "1m")
	require.Equal(t, 6, code, screen.String())
	require.Contains(t, screen.String(), "nothing of this migration was applied")
	require.Contains(t, screen.String(), "run again: whimbrel migrate")

	require.NoError(t, reader.Close(t.Context()))
	code, out, errs := run(t, dir, "", "migrate", "--url", url)
	require.Zero(t, code, errs)
	require.Contains(t, out, "Applied 1 migration")
}

// holdTable returns a connection with a transaction that has read the table.
func holdTable(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	_, err = conn.Exec(t.Context(), "BEGIN; SELECT * FROM book")
	require.NoError(t, err)
	return conn
}

// A screen does something when a text appears on it.
type screen struct {
	shown bytes.Buffer
	on    string
	do    func()
}

func (s *screen) Write(text []byte) (int, error) {
	n, err := s.shown.Write(text)
	if strings.Contains(s.String(), s.on) {
		s.do()
	}
	return n, err
}

func (s *screen) String() string { return s.shown.String() }
