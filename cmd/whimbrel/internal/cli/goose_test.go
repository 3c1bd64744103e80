package cli_test

import (
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/examples/pizza"
)

// What make writes runs under goose as it is, and leads to the same database as
// under whimbrel: up, down and up again.
func TestGooseRunsWhatMakeWrites(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	f.pizza()
	f.must("make", "--no-input")
	f.replace("models/shop.hcl", `values = ["small", "medium", "large"]`, `values = ["small", "medium", "huge", "large"]`)
	f.replace("models/shop.hcl", `type = varchar(30)`, `type = text`)
	f.must("make", "--no-input")

	ours, theirs := scratch.Database(t), scratch.Database(t)
	f.must("migrate", "--url", ours)
	want := f.snapshot(ours)
	db, err := sql.Open("pgx", theirs)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	provider, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS(filepath.Join(f.dir, "migrations")))
	require.NoError(t, err)
	for range 2 {
		_, err = provider.Up(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, withoutGoose(f.snapshot(theirs)))
		_, err = provider.DownTo(t.Context(), 0)
		require.NoError(t, err)
		require.Equal(t, empty, withoutGoose(f.snapshot(theirs)))
	}
}

// pizza copies the example into the folder.
func (f folder) pizza() {
	f.t.Helper()
	require.NoError(f.t, fs.WalkDir(pizza.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := pizza.Files.ReadFile(name)
		f.write(name, string(text))
		return err
	}))
}

func (f folder) replace(name, from, to string) {
	f.t.Helper()
	text, err := os.ReadFile(filepath.Join(f.dir, name))
	require.NoError(f.t, err)
	require.Contains(f.t, string(text), from)
	f.write(name, strings.ReplaceAll(string(text), from, to))
}

func (f folder) snapshot(url string) string {
	f.t.Helper()
	text, err := postgres.Snapshot(f.t.Context(), url)
	require.NoError(f.t, err)
	return text
}

// withoutGoose takes goose's own table out of a snapshot.
func withoutGoose(snapshot string) string {
	var kept []string
	for _, line := range strings.SplitAfter(snapshot, "\n") {
		if !strings.Contains(line, "goose_db_version") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
