package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/cli"
	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/output"
)

// A person sits in front of the App: what is typed, and what is then on the screen.
func TestAsk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "whimbrel.hcl", `app "shop" {}`)
	write(t, dir, "models/shop.hcl", "model \"book\" {\n  field \"title\" { type = text }\n}\n")
	code, _, _ := run(t, dir, "", "make")
	require.Zero(t, code)
	write(t, dir, "models/shop.hcl", "model \"book\" {\n  field \"name\" { type = text }\n  field \"stars\" { type = integer }\n}\n")

	t.Run("no answer", func(t *testing.T) {
		code, out, errs := run(t, dir, "1\n", "make")
		require.Equal(t, 1, code)
		require.Empty(t, out)
		require.Contains(t, errs, "the input ended before every question was answered: nothing is written")
	})
	t.Run("dry run", func(t *testing.T) {
		code, out, errs := run(t, dir, "9\nname\n1\nthree\n\"three\"\n3\n", "make", "--dry-run")
		require.Zero(t, code, errs)
		require.Contains(t, errs, "? field shop.book.title is gone. Is it renamed?")
		require.Contains(t, errs, "  1  renamed to name\n")
		require.Equal(t, 3, strings.Count(errs, "choose 1-"), errs)
		require.Equal(t, 3, strings.Count(errs, "value: "), errs)
		require.Contains(t, out, "RENAME COLUMN title TO name")
	})
	t.Run("no input", func(t *testing.T) {
		code, _, errs := run(t, dir, "1\n3\n", "make", "--no-input")
		require.Equal(t, 1, code)
		require.Contains(t, errs, "--rename shop.book.title=name")
	})
	t.Run("check", func(t *testing.T) {
		code, out, errs := run(t, dir, "1\n3\n", "make", "--check")
		require.Equal(t, 2, code)
		require.Empty(t, out)
		require.Contains(t, errs, "--rename shop.book.title=name")
		require.NotContains(t, errs, "choose")
	})
}

func run(t *testing.T, dir, typed string, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	app := cli.App{Process: output.Process{
		In: strings.NewReader(typed), Out: &stdout, Err: &stderr,
		Getenv: func(name string) (string, bool) {
			value, set := map[string]string{"NO_COLOR": "1"}[name]
			return value, set
		},
		Now:        func() time.Time { return time.Date(2026, 11, 22, 11, 0, 0, 0, time.UTC) },
		InTerminal: true, OutTerminal: true, ErrTerminal: true,
	}}
	code = app.Run(t.Context(), append([]string{"-C", dir}, args...)...)
	return code, stdout.String(), stderr.String()
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}
