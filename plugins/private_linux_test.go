package plugins_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/plugins"
)

// nobody is a user without privileges; those of root see everything.
var nobody = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}

// command returns a command that is run without privileges.
func command(path string, args ...string) *exec.Cmd {
	cmd := exec.Command(path, args...)
	cmd.Dir = "/"
	if os.Getuid() == 0 {
		cmd.SysProcAttr = nobody
	}
	return cmd
}

// Another process of the same user cannot read the environment of one that keeps
// itself private, as a plugin would.
func TestEnvironmentIsPrivate(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "wp")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	require.NoError(t, os.Chmod(dir, 0o755))
	own, err := os.ReadFile("/proc/self/exe")
	require.NoError(t, err)
	program := filepath.Join(dir, "program")
	require.NoError(t, os.WriteFile(program, own, 0o755))
	cmd := command(program, privateArg)
	cmd.Env = []string{"DATABASE_URL=secret"}
	input, err := cmd.StdinPipe()
	require.NoError(t, err)
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "private\n", line)
	text, err := command("cat", fmt.Sprintf("/proc/%d/environ", cmd.Process.Pid)).CombinedOutput()
	require.Error(t, err)
	require.NotContains(t, string(text), "secret")
	require.NoError(t, input.Close())
	require.NoError(t, cmd.Wait())
}

// What runs is what was hashed, even if the file is overwritten in place later: the
// process runs a copy that nobody can write.
func TestExecutableIsACopy(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	own := filepath.Join(t.TempDir(), "hostile")
	text, err := os.ReadFile(room.binary)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(own, text, 0o755))
	spec := room.spec("good")
	spec.Path = own
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec}, room.options(plugins.Options{}))
	require.NoError(t, err)
	require.Empty(t, found)
	defer func() { require.NoError(t, host.Close()) }()
	running := processes(t, own)
	require.Len(t, running, 1)
	file, err := os.OpenFile(own, os.O_WRONLY, 0) // a file that runs could not be written
	require.NoError(t, err)
	_, err = file.WriteAt([]byte("patched"), 0)
	require.NoError(t, err)
	require.NoError(t, file.Close())
	target, err := os.Readlink("/proc/" + running[0] + "/exe")
	require.NoError(t, err)
	require.Contains(t, target, "memfd:plugin")
	_, err = os.OpenFile("/proc/"+running[0]+"/exe", os.O_WRONLY, 0)
	require.Error(t, err)
	result, err := host.Detectors()[0].Detect(t.Context(), onePass())
	require.NoError(t, err)
	require.Len(t, result.Operations, 1)
}
