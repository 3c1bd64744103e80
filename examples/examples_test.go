// Package examples_test builds and runs every example as a newcomer would.
package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// TestProjects takes each folder with a project file from models to a database,
// back to nothing, and to the same database again.
func TestProjects(t *testing.T) {
	t.Parallel()
	program := build(t)
	files, err := filepath.Glob("*/whimbrel.hcl")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Dir(file), func(t *testing.T) {
			t.Parallel()
			p := project{t: t, program: program, dir: t.TempDir(), url: scratch.Database(t)}
			require.NoError(t, os.CopyFS(p.dir, os.DirFS(filepath.Dir(file))))
			p.buildPlugins(filepath.Dir(file))
			p.whimbrel("make", "--no-input")
			p.whimbrel("validate")
			p.whimbrel("migrate", "--url", p.url)
			p.whimbrel("make", "--no-input", "--check")
			migrated := p.snapshot()
			p.whimbrel("rollback", "--url", p.url, "--to", "zero")
			require.NotEqual(t, migrated, p.snapshot())
			p.whimbrel("migrate", "--url", p.url)
			require.Equal(t, migrated, p.snapshot())
		})
	}
}

// TestPrograms builds every example that is a program or a library.
func TestPrograms(t *testing.T) {
	t.Parallel()
	said, err := exec.Command("go", "vet", "./...").CombinedOutput()
	require.NoError(t, err, string(said))
}

func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "whimbrel")
	said, err := exec.Command("go", "build", "-o", program, "../cmd/whimbrel").CombinedOutput()
	require.NoError(t, err, string(said))
	return program
}

// buildPlugins builds the plugins that come with an example, and pins them.
func (p project) buildPlugins(example string) {
	p.t.Helper()
	p.builds(example)
	p.whimbrel("plugin", "lock")
}

// builds builds the plugins that come with an example.
func (p project) builds(example string) {
	p.t.Helper()
	sources, err := filepath.Glob(filepath.Join(runnable(p.t, example), "whimbrel-plugin-*"))
	require.NoError(p.t, err)
	for _, source := range sources {
		program := filepath.Join(p.dir, "bin", filepath.Base(source))
		build := exec.Command("go", "build", "-o", program, "./"+source)
		if info, err := os.Stat(source); err == nil && !info.IsDir() { // a script, which bundles itself
			build = exec.Command(source, "--bundle", program)
		}
		said, err := build.CombinedOutput()
		require.NoError(p.t, err, string(said))
	}
}

type project struct {
	t        *testing.T
	program  string
	dir, url string
}

func (p project) whimbrel(args ...string) {
	p.t.Helper()
	said, err := exec.Command(p.program, append([]string{"-C", p.dir}, args...)...).CombinedOutput()
	require.NoError(p.t, err, string(said))
}

func (p project) snapshot() string {
	p.t.Helper()
	text, err := postgres.Snapshot(p.t.Context(), p.url)
	require.NoError(p.t, err)
	return text
}
