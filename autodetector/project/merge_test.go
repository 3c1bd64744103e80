package project_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// Each case has the models before two branches and those of each, or SQL that it has
// written by hand, and what both have to do with; nothing where they commute. The models of
// both together need no further migration then.
func TestMerge(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/merge/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			files := map[string]string{}
			for _, f := range archive.Files {
				files[f.Name] = string(f.Data)
			}
			f := forked(t, files)
			require.Equal(t, files["want"], f.told(t))
			if together, ok := files["together"]; ok {
				f.at++
				write(t, f.dir, "models/shop.hcl", together)
				plan, err := f.open(t).Plan(t.Context(), project.PlanOptions{})
				require.NoError(t, err)
				require.Empty(t, plan.Migrations)
			}
		})
	}
}

// A forkedProject is a folder with the migrations of two branches.
type forkedProject struct {
	dir string
	at  int
}

func forked(t *testing.T, files map[string]string) *forkedProject {
	t.Helper()
	f := &forkedProject{dir: written(t, shop+"plugin \"triggers\" {}\n", files["base"])}
	made(t, f.open(t), project.PlanOptions{})
	base := f.migrations(t)
	f.branch(t, files, "left")
	left := f.migrations(t)
	f.restore(t, base)
	f.branch(t, files, "right")
	right := f.migrations(t)
	left["whimbrel.sum"] += right["whimbrel.sum"]
	for name, text := range right {
		if left[name] == "" {
			left[name] = text
		}
	}
	f.restore(t, left)
	return f
}

// branch makes the migrations of one branch: for its models, or of its SQL.
func (f *forkedProject) branch(t *testing.T, files map[string]string, name string) {
	t.Helper()
	f.at++
	if models, ok := files[name]; ok {
		write(t, f.dir, "models/shop.hcl", models)
		made(t, f.open(t), project.PlanOptions{Name: name, Answers: project.Answers{Renames: strings.Fields(files[name+".renames"])}})
	}
	sql, ok := files[name+".sql"]
	if !ok {
		return
	}
	p := f.open(t)
	plan, err := p.Empty(t.Context(), "", name+"_sql")
	require.NoError(t, err)
	written, err := plan.Write(t.Context())
	require.NoError(t, err)
	write(t, f.dir, written[0], strings.Replace(read(t, f.dir, written[0]), "-- +goose Up\n", "-- +goose Up\n"+sql, 1))
	_, err = p.Seal(t.Context(), name+"_sql")
	require.NoError(t, err)
}

func (f *forkedProject) open(t *testing.T) *project.Project {
	t.Helper()
	options := inProcess(triggers.New())
	options.Now = func() (time.Time, error) { return time.Date(2026, 11, 22, 11, f.at, 0, 0, time.UTC), nil }
	return opened(t, f.dir, options)
}

// told returns why the branches do not commute, a line for each reason.
func (f *forkedProject) told(t *testing.T) string {
	t.Helper()
	f.at++
	merge, err := f.open(t).Merge(t.Context(), "")
	var refused diag.List
	if errors.As(err, &refused) && refused[0].Code == "WH3040" {
		return refused[0].Detail + "\n"
	}
	require.NoError(t, err)
	_, err = merge.Write(t.Context())
	require.NoError(t, err)
	_, err = f.open(t).Validate(t.Context())
	require.NoError(t, err)
	return ""
}

func (f *forkedProject) migrations(t *testing.T) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(f.dir, "migrations"))
	require.NoError(t, err)
	files := map[string]string{}
	for _, e := range entries {
		files[e.Name()] = read(t, f.dir, "migrations/"+e.Name())
	}
	return files
}

func (f *forkedProject) restore(t *testing.T, files map[string]string) {
	t.Helper()
	require.NoError(t, os.RemoveAll(filepath.Join(f.dir, "migrations")))
	for name, text := range files {
		write(t, f.dir, "migrations/"+name, text)
	}
}
