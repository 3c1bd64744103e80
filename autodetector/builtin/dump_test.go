package builtin_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/detecttest"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// TestDumps reads what pg_dump -s writes of every case: the same objects.
func TestDumps(t *testing.T) {
	t.Parallel()
	var files []string
	require.NoError(t, filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ".txtar") && strings.Contains(path, "testdata") {
			files = append(files, path)
		}
		return err
	}))
	require.NotEmpty(t, files)
	p := parser.New(nil)
	for _, file := range files {
		if strings.Contains(file, "mistakes") || strings.HasPrefix(file, "testdata") || detecttest.SeveralApps(t, file) {
			continue
		}
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			for a, what := range detecttest.Dumped(t, file, p) {
				t.Errorf("%s: %s", a, what)
			}
		})
	}
}
