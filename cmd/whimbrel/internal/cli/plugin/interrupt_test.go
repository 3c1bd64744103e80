package plugin_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"
)

// ^C gives the prompt back, wherever a plugin is, and leaves no process, no
// socket and no file.
func TestInterruptDuringPlugin(t *testing.T) {
	t.Parallel()
	for _, does := range []string{"sulk", "babble", "hang", "spin"} {
		t.Run(does, func(t *testing.T) {
			t.Parallel()
			f := rogueProject(t)
			temp, err := os.MkdirTemp("/tmp", "wt")
			require.NoError(t, err)
			defer os.Remove(temp)
			f.Env = append(f.Env, "XDG_RUNTIME_DIR="+temp)
			misbehave(f, does)
			badly := filepath.Join(filepath.Dir(f.Binary), clitest.BadlyFile)
			require.NoError(t, syscall.Mkfifo(badly, 0o600))
			before := f.Tree()
			command := exec.Command(f.Binary, "make", "--no-input")
			var said bytes.Buffer
			command.Dir, command.Env, command.Stderr = f.Dir, f.Env, &said
			require.NoError(t, command.Start())
			_, err = os.ReadFile(badly) // ends once the plugin does it
			require.NoError(t, err)
			require.NoError(t, command.Process.Signal(os.Interrupt))
			_ = command.Wait() // the code says how; the plugin would go on for hours
			require.Contains(t, []int{1, 6}, command.ProcessState.ExitCode(), said.String())
			require.Equal(t, before, f.Tree())
			gone(f)
			left, err := filepath.Glob(temp + "/*")
			require.NoError(t, err)
			require.Empty(t, left)
		})
	}
}

// What a plugin says cannot act on the terminal.
func TestPluginCannotSteerTheTerminal(t *testing.T) {
	t.Parallel()
	f := rogueProject(t)
	misbehave(f, "paint")
	_, stdout, stderr := f.Run("make", "-v", "--dry-run")
	require.Contains(t, stdout+stderr, `\u001b[2J`)
	for _, steering := range []string{"\x1b", "\u202e", "\x07", "\r"} {
		require.NotContains(t, stdout+stderr, steering)
	}
	for _, file := range []string{stdout, stderr} {
		require.False(t, strings.ContainsRune(file, 0x9b))
	}
}
