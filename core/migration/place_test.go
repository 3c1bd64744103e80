package migration

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPlaceLeavesNothingBehind: the last of the files cannot be put in its place.
func TestPlaceLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	dir := filepath.Join(root, "a", "b")
	err := place(dir, []file{{"x.sql", []byte("1")}, {"x.ops.json", []byte("2")}, {"missing/whimbrel.sum", nil}})
	require.Error(t, err)
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	require.Empty(t, entries)
}
