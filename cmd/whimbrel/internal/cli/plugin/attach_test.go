package plugin_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"
)

// A plugin that runs in a debugger is used as it is, and outlives the command.
func TestRunningPluginIsUsed(t *testing.T) {
	t.Parallel()
	f := clitest.NewFolder(t)
	f.Scripted("shiny")
	f.Write("whimbrel.hcl", "app \"shop\" {}\n\nplugin \"shiny\" { source = \"bin/shiny\" }\n")
	f.Write("models/shop.hcl", "model \"book\" {\n  shiny = true\n}\n")
	plugin, err := exec.LookPath("whimbrel-plugin-shiny")
	require.NoError(t, err)
	debugged := exec.Command(plugin, "--debug")
	temp := t.TempDir()
	debugged.Env = []string{"TMPDIR=" + temp}
	output, err := debugged.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, debugged.Start())
	line, err := bufio.NewReader(output).ReadString('\n')
	require.NoError(t, err)
	name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
	f.Env = append(f.Env, name+"="+strings.Trim(value, "'"))

	for range 2 {
		code, stdout, stderr := f.Run("make", "--dry-run")
		require.Zero(t, code, stderr)
		require.Contains(t, stdout, "COMMENT ON TABLE public.book")
		require.Contains(t, stderr, "using the running plugin shiny")
		require.Empty(t, f.Starts(), "nothing else is started, and no lock is needed")
	}
	require.NoError(t, debugged.Process.Signal(os.Interrupt))
	require.NoError(t, debugged.Wait(), "it has run until now")
	left, err := filepath.Glob(temp + "/*")
	require.NoError(t, err)
	require.Empty(t, left)
}
