package project_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/project"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/plugins"
)

const (
	shop = "app \"shop\" {}\n"
	book = "model \"book\" {\n  field \"title\" { type = text }\n}\n"
)

// written returns a folder with a project file and models of one app.
func written(t *testing.T, file, models string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "whimbrel.hcl", file)
	write(t, dir, "models/shop.hcl", models)
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, writeAll(dir, map[string]string{name: text}))
}

func writeAll(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	require.NoError(t, err)
	return string(text)
}

// inProcess returns options at a fixed time; this process is not the program that
// could serve plugins.
func inProcess(linked ...detect.Detector) project.Options {
	return project.Options{
		Release: "0.1.0", Linked: linked,
		Now:     func() (time.Time, error) { return time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC), nil },
		Plugins: func() (plugins.Options, error) { return plugins.Options{Transport: plugins.InProcess}, nil },
	}
}

func opened(t *testing.T, dir string, options project.Options) *project.Project {
	t.Helper()
	p, err := project.Open(t.Context(), dir, options)
	require.NoError(t, err)
	t.Cleanup(p.Close)
	return p
}

// made plans and writes, and returns the plan.
func made(t *testing.T, p *project.Project, options project.PlanOptions) *project.Plan {
	t.Helper()
	plan, err := p.Plan(t.Context(), options)
	require.NoError(t, err)
	_, err = plan.Write(t.Context())
	require.NoError(t, err)
	return plan
}

func requireCode(t *testing.T, code string, err error) {
	t.Helper()
	var list diag.List
	var one diag.Diagnostic
	switch {
	case errors.As(err, &list):
		require.Equal(t, code, list[0].Code, "%v", err)
	case errors.As(err, &one):
		require.Equal(t, code, one.Code, "%v", err)
	default:
		require.Fail(t, "no diagnostic", "%v", err)
	}
}

func requireArgument(t *testing.T, text string, err error) {
	t.Helper()
	var wrong project.ArgumentError
	require.True(t, errors.As(err, &wrong), "%v", err)
	require.Equal(t, text, wrong.Text)
}

func TestOpen(t *testing.T) {
	t.Parallel()
	_, err := project.Open(t.Context(), t.TempDir(), project.Options{})
	requireCode(t, "WH1101", err)
	p := opened(t, written(t, "app \"shop\" { migrations = \"db\" }\n", book), project.Options{})
	require.Equal(t, "shop", p.File().Apps[0].Label)
	require.Equal(t, "db", p.Folders()[0].Path)
}

func TestWarningsAreToldOnce(t *testing.T) {
	t.Parallel()
	dir := written(t, shop, book)
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "models")))
	write(t, dir, "migrations/.gitattributes", "")
	var told diag.List
	options := inProcess()
	options.Warn = func(list diag.List) { told = append(told, list...) }
	plan, err := opened(t, dir, options).Plan(t.Context(), project.PlanOptions{Cached: true})
	require.NoError(t, err)
	require.Empty(t, plan.Migrations)
	require.Len(t, told, 1)
	require.Equal(t, "WH1102", told[0].Code)
	require.NoDirExists(t, filepath.Join(dir, ".whimbrel"), "what was warned of is told again")
}

func TestBegin(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "My Shop!")
	require.NoError(t, os.Mkdir(dir, 0o755))
	begun, err := project.Begin(dir, "")
	require.NoError(t, err)
	require.Equal(t, "my_shop_", begun.App)
	require.Equal(t, []string{"whimbrel.hcl", "models/my_shop_.hcl", ".gitignore", "migrations/.gitattributes"}, begun.Files)
	_, err = project.Begin(dir, "")
	requireCode(t, "WH0101", err)
	_, err = project.Begin(t.TempDir(), "a{b}")
	requireArgument(t, `--app "a{b}": a name has no quotes, braces, backslashes or line breaks`, err)
}
