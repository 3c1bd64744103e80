package cli_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A folder is a project on disk that the program is run in, as a process.
type folder struct {
	t   *testing.T
	dir string
	// binary is a link to the program of this folder's own, so that its
	// processes can be told from those of other tests.
	binary string
	env    []string
}

func newFolder(t *testing.T, env ...string) folder {
	t.Helper()
	home := t.TempDir()
	program, err := exec.LookPath("whimbrel") // testscript has put it there
	require.NoError(t, err)
	f := folder{t: t, dir: t.TempDir(), binary: filepath.Join(home, "whimbrel")}
	require.NoError(t, os.Link(program, f.binary))
	f.env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "NO_COLOR=1", "SOURCE_DATE_EPOCH=1795345200",
	}, env...)
	return f
}

func (f folder) write(name, text string) {
	f.t.Helper()
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	require.NoError(f.t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(f.t, os.WriteFile(path, []byte(text), 0o644))
}

// run runs the program and returns its exit code and what it printed.
func (f folder) run(args ...string) (code int, stdout, stderr string) {
	f.t.Helper()
	command := exec.CommandContext(f.t.Context(), f.binary, args...)
	var out, errs bytes.Buffer
	command.Dir, command.Env, command.Stdout, command.Stderr = f.dir, f.env, &out, &errs
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(f.t, err)
	}
	return command.ProcessState.ExitCode(), out.String(), errs.String()
}

// must runs the program, which has to succeed.
func (f folder) must(args ...string) string {
	f.t.Helper()
	code, stdout, stderr := f.run(args...)
	require.Zero(f.t, code, "whimbrel %v\n%s%s", args, stdout, stderr)
	return stdout
}

// tree returns the files of the folder by their names.
func (f folder) tree() map[string]string {
	f.t.Helper()
	files := map[string]string{}
	root := os.DirFS(f.dir)
	require.NoError(f.t, fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		files[path] = string(text)
		return err
	}))
	return files
}
