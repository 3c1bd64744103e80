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

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
	"github.com/whimbreldb/whimbrel/examples/pizza"
)

// What make writes runs under goose as it is, and leads to the same database as
// under whimbrel: up, down and up again.
func TestGooseRunsWhatMakeWrites(t *testing.T) {
	t.Parallel()
	f := clitest.NewFolder(t)
	installPizza(f)
	f.Must("make", "--no-input")
	replace(f, "models/shop.hcl", `values = ["small", "medium", "large"]`, `values = ["small", "medium", "huge", "large"]`)
	replace(f, "models/shop.hcl", `type = varchar(30)`, `type = text`)
	f.Must("make", "--no-input")

	ours, theirs := scratch.Database(t), scratch.Database(t)
	f.Must("migrate", "--url", ours)
	want := snapshot(f, ours)
	db, err := sql.Open("pgx", theirs)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	provider, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS(filepath.Join(f.Dir, "migrations")))
	require.NoError(t, err)
	for range 2 {
		_, err = provider.Up(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, withoutGoose(snapshot(f, theirs)))
		_, err = provider.DownTo(t.Context(), 0)
		require.NoError(t, err)
		require.Equal(t, empty, withoutGoose(snapshot(f, theirs)))
	}
}

// empty is the snapshot of a database that nobody has touched.
const empty = "extension plpgsql; schema pg_catalog; version 1.0; comment 'PL/pgSQL procedural language'\n" +
	"schema public; comment 'standard public schema'\n"

// installPizza copies the example into the folder.
func installPizza(f clitest.Folder) {
	f.T.Helper()
	require.NoError(f.T, fs.WalkDir(pizza.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := pizza.Files.ReadFile(name)
		f.Write(name, string(text))
		return err
	}))
}

func replace(f clitest.Folder, name, from, to string) {
	f.T.Helper()
	text, err := os.ReadFile(filepath.Join(f.Dir, name))
	require.NoError(f.T, err)
	require.Contains(f.T, string(text), from)
	f.Write(name, strings.ReplaceAll(string(text), from, to))
}

func snapshot(f clitest.Folder, url string) string {
	f.T.Helper()
	text, err := postgres.Snapshot(f.T.Context(), url)
	require.NoError(f.T, err)
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
