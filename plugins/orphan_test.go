package plugins_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/plugins"
)

// A host that is killed cannot clean up, so the plugin does.
func TestPluginEndsWithItsHost(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	cmd := exec.Command(os.Args[0], hostArg, room.binary, room.temp)
	output, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, _ := bufio.NewReader(output).ReadString('\n')
	require.Contains(t, line, "plugin ")
	require.Len(t, processes(t, room.binary), 1)

	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	require.NoError(t, os.RemoveAll(room.temp+"/cache"))
	require.Eventually(t, func() bool { return len(processes(t, room.binary)) == 0 }, 5*time.Minute, 10*time.Millisecond)
	require.Eventually(t, func() bool {
		left, err := filepath.Glob(room.temp + "/*")
		return err == nil && len(left) == 0
	}, 5*time.Minute, 10*time.Millisecond)
}

// What a plugin leaves when it is killed together with its host, the next host
// removes.
func TestRoomsOfDeadHostsAreSwept(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	dead := exec.Command("true")
	require.NoError(t, dead.Run())
	stale := filepath.Join(room.temp, "whimbrel-"+strconv.Itoa(dead.Process.Pid)+"-123")
	require.NoError(t, os.MkdirAll(filepath.Join(stale, "plugin-dir1"), 0o700))
	require.NoError(t, room.run(t, "good", plugins.Options{}))
	require.NoDirExists(t, stale)
}
