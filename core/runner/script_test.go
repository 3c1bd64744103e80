package runner_test

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/migration"
	"github.com/whimbreldb/whimbrel/core/runner"
)

const (
	id       = "20261122101500_shelf"
	head     = "-- whimbrel: 1\n-- whimbrel:id " + id + "\n-- whimbrel:app shop\n"
	reviewed = head + "-- +goose Up\nCREATE TABLE shelf (id bigint);\n-- +goose Down\nDROP TABLE shelf;\n"
	swapped  = head + "-- +goose Up\nDROP TABLE stock;\n-- +goose Down\nDROP TABLE shelf;\n"
)

// A swap is a folder in which a file is another one from the second reading on.
type swap struct {
	fs.FS
	t     *testing.T
	path  string
	reads int
}

// ReadFile returns the file as it is, and then puts the other one in its place.
func (s *swap) ReadFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(s.FS, name)
	if name == filepath.Base(s.path) {
		s.reads++
		require.NoError(s.t, os.WriteFile(s.path, []byte(swapped), 0o600))
	}
	return data, err
}

// What is run, and what the record keeps, are the bytes that were held against the
// sum, whatever has become of the file by then.
func TestScripts_run_what_was_verified(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, id+".sql")
	require.NoError(t, os.WriteFile(file, []byte(reviewed), 0o600))
	problems, err := migration.Seal(dir, id)
	require.NoError(t, err)
	require.Empty(t, problems)

	folder := &swap{FS: os.DirFS(dir), t: t, path: file}
	h, found, err := migration.ReadScripts(migration.Folder{App: "shop", Path: "migrations", FS: folder})
	require.NoError(t, err)
	require.Empty(t, found)
	scripts, err := runner.NewScripts(h)
	require.NoError(t, err)
	s := scripts.Script(id)
	sum := sha256.Sum256([]byte(reviewed))
	require.Equal(t, reviewed, s.Text)
	require.Equal(t, hex.EncodeToString(sum[:]), s.Checksum)
	require.Len(t, s.Steps, 1)
	require.Equal(t, "CREATE TABLE shelf (id bigint)", s.Steps[0].Up[0].SQL)
	require.Equal(t, 1, folder.reads)

	_, found, err = migration.ReadScripts(migration.Folder{App: "shop", Path: "migrations", FS: folder})
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "WH3016", found[0].Code)
}
