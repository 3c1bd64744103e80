package hcl_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
)

// readingOf returns what is wrong with a project.
func readingOf(t *testing.T, dir string) (diag.List, error) {
	t.Helper()
	project, found, err := hcl.ReadProject(dir)
	if err != nil || found.HasErrors() {
		return found, err
	}
	_, more, err := hcl.New(project, nil).Read(t.Context())
	return append(found, more...), err
}

// A file of a project can be a link, but not to what is no file on a disk, whose
// content would be read without an end, or is a secret.
func TestLinks(t *testing.T) {
	t.Parallel()
	for target, why := range map[string]string{
		"/proc/self/environ": "it leads to a file that the system makes up, not to one on a disk",
		"/dev/zero":          "it is no file",
		".":                  "it is no file",
		"nowhere":            "it is a link to a file that is not there",
	} {
		for _, name := range []string{"whimbrel.hcl", "models/a.hcl"} {
			dir := t.TempDir()
			require.NoError(t, os.Mkdir(filepath.Join(dir, "models"), 0o755))
			if name != "whimbrel.hcl" {
				require.NoError(t, os.WriteFile(filepath.Join(dir, "whimbrel.hcl"), []byte("app \"shop\" {}\n"), 0o600))
			}
			require.NoError(t, os.Symlink(target, filepath.Join(dir, name)))
			_, err := readingOf(t, dir)
			var d diag.Diagnostic
			require.ErrorAs(t, err, &d, target)
			require.Equal(t, "WH1011", d.Code)
			require.Equal(t, name+" cannot be read: "+why, d.Summary)
		}
	}
}

// Models can be elsewhere: a file of them, or all.
func TestLinkedModels(t *testing.T) {
	t.Parallel()
	elsewhere, dir := t.TempDir(), t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(elsewhere, "a.hcl"), []byte("nonsense \"a\" {}\n"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "whimbrel.hcl"), []byte("app \"shop\" {}\n"), 0o600))
	require.NoError(t, os.Symlink(elsewhere, filepath.Join(dir, "models")))
	found, err := readingOf(t, dir)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, "models/a.hcl:1:1", found[0].Range.String())
}

// The size of a file is known before it is read.
func TestHugeFile(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"whimbrel.hcl", "models/a.hcl"} {
		dir := t.TempDir()
		require.NoError(t, os.Mkdir(filepath.Join(dir, "models"), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "whimbrel.hcl"), []byte("app \"shop\" {}\n"), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("app \"shop\" {}\n"+strings.Repeat("#", 1<<10)), 0o600))
		require.NoError(t, os.Truncate(filepath.Join(dir, name), 1<<40))
		found, err := readingOf(t, dir)
		require.NoError(t, err)
		require.Equal(t, "the file is too big", found[0].Summary)
	}
}
