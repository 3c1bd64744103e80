package clitest

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

// A Folder is a project on disk that the program is run in, as a process.
type Folder struct {
	T   *testing.T
	Dir string
	// Binary is a link to the program of this folder's own, so that its
	// processes can be told from those of other tests.
	Binary string
	Env    []string
}

// NewFolder returns an empty one. The variables are added to those of the program.
func NewFolder(t *testing.T, env ...string) Folder {
	t.Helper()
	home := t.TempDir()
	program, err := exec.LookPath("whimbrel") // testscript has put it there
	require.NoError(t, err)
	f := Folder{T: t, Dir: t.TempDir(), Binary: filepath.Join(home, "whimbrel")}
	require.NoError(t, os.Link(program, f.Binary))
	require.NoError(t, shareTexts(home, filepath.Dir(program)))
	f.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "NO_COLOR=1", "SOURCE_DATE_EPOCH=1795345200",
	}, env...)
	return f
}

// Write writes a file.
func (f Folder) Write(name, text string) {
	f.T.Helper()
	path := filepath.Join(f.Dir, filepath.FromSlash(name))
	require.NoError(f.T, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(f.T, os.WriteFile(path, []byte(text), 0o644))
}

// Run runs the program and returns its exit code and what it printed.
func (f Folder) Run(args ...string) (code int, stdout, stderr string) {
	f.T.Helper()
	command := exec.CommandContext(f.T.Context(), f.Binary, args...)
	var out, errs bytes.Buffer
	command.Dir, command.Env, command.Stdout, command.Stderr = f.Dir, f.Env, &out, &errs
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		require.NoError(f.T, err)
	}
	return command.ProcessState.ExitCode(), out.String(), errs.String()
}

// Must runs the program, which has to succeed.
func (f Folder) Must(args ...string) string {
	f.T.Helper()
	code, stdout, stderr := f.Run(args...)
	require.Zero(f.T, code, "whimbrel %v\n%s%s", args, stdout, stderr)
	return stdout
}

// Tree returns the files of the folder by their names.
func (f Folder) Tree() map[string]string {
	f.T.Helper()
	files := map[string]string{}
	root := os.DirFS(f.Dir)
	require.NoError(f.T, fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		files[path] = string(text)
		return err
	}))
	return files
}
