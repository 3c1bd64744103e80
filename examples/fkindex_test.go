package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFkindex has a linter find what is missing, and write it.
func TestFkindex(t *testing.T) {
	t.Parallel()
	p := project{t: t, program: build(t), dir: t.TempDir()}
	require.NoError(t, os.CopyFS(p.dir, os.DirFS("fkindex")))
	p.buildPlugins("fkindex")
	lint := func(args ...string) (string, error) {
		said, err := exec.Command(p.program, append([]string{"-C", p.dir, "lint"}, args...)...).CombinedOutput()
		return string(said), err
	}
	for _, command := range []string{"validate", "make"} {
		said, err := exec.Command(p.program, "-C", p.dir, command).CombinedOutput()
		require.NoError(t, err, string(said))
		require.Contains(t, string(said), "Warning FK001: author has no index\n  models/shop.hcl:7:20\n", command)
	}
	said, err := lint()
	require.ErrorContains(t, err, "exit status 3")
	require.Contains(t, said, "author has no index")
	_, err = lint("--allow", "FK001")
	require.NoError(t, err)

	said, err = lint("--fix")
	require.NoError(t, err, said)
	require.Equal(t, "mended models/shop.hcl (1 place)\n", said)
	text, err := os.ReadFile(filepath.Join(p.dir, "models", "shop.hcl"))
	require.NoError(t, err)
	require.Contains(t, string(text), "  index \"by_editor\" { fields = [editor, title] }\n  index \"by_author\" { fields = [author] }\n}\n")
	said, err = lint()
	require.NoError(t, err, said)
	p.whimbrel("make", "--no-input", "-n", "mended")
}
