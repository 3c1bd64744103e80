package audit

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A file is there when it is whole, and an error leaves what was there.
func TestWriteFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := filepath.Join(dir, "page.html")
	write := func(text string, failure error) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, failure)
		}
	}
	requireFile := func(text string, mode fs.FileMode) {
		t.Helper()
		found, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, text, string(found))
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.Equal(t, mode, info.Mode().Perm())
	}
	_, err := writeFile(name, write("half", fs.ErrInvalid))
	require.ErrorIs(t, err, fs.ErrInvalid)
	require.NoFileExists(t, name)

	size, err := writeFile(name, write("whole", nil))
	require.NoError(t, err)
	require.Equal(t, 5, size)
	requireFile("whole", 0o600)

	require.NoError(t, os.Chmod(name, 0o640))
	link := filepath.Join(dir, "link")
	require.NoError(t, os.Symlink(name, link))
	_, err = writeFile(link, write("half", fs.ErrInvalid))
	require.ErrorIs(t, err, fs.ErrInvalid)
	requireFile("whole", 0o640)
	_, err = writeFile(link, write("again", nil))
	require.NoError(t, err)
	requireFile("again", 0o640)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 2)
}
