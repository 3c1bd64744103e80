package interpreter

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What apt-get would install is read from what Debian 12 and Ubuntu 24.04 print.
func TestInstalled(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"libc-ares2=1.18.1-3", "python3-grpcio=1.51.1-3+b1", "libssl3=3.0.17-1~deb12u2"}, installed(`Reading package lists...
The following NEW packages will be installed:
  libc-ares2 python3-grpcio
Inst libc-ares2 (1.18.1-3 Debian:12.11/oldstable [amd64])
Inst python3-grpcio (1.51.1-3+b1 Debian:12.11/oldstable [amd64]) []
Inst libssl3 [3.0.16-1~deb12u1] (3.0.17-1~deb12u2 Debian:12.11/oldstable [amd64])
Conf libc-ares2 (1.18.1-3 Debian:12.11/oldstable [amd64])
`))
	require.Empty(t, installed("python3-grpcio is already the newest version (1.51.1-3+b1).\n"))
}

// The environment finds modules of the unpacked packages, and loads libraries in
// whatever order they need one another, for an interpreter that is isolated.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	version, err := output(t.Context(), System, "-IB", "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
	require.NoError(t, err)
	part, home := t.TempDir(), filepath.Join(t.TempDir(), "python")
	modules := filepath.Join(part, "root/usr/lib/python3/dist-packages")
	require.NoError(t, os.MkdirAll(modules, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(modules, "fetched.py"), []byte("said = 'here'\n"), 0o600))
	require.NoError(t, environment(part, home, version))
	require.NoError(t, os.Rename(part, home))

	plugin := filepath.Join(t.TempDir(), "plugin")
	require.NoError(t, os.WriteFile(plugin, []byte("#!"+filepath.Join(home, "bin/python3")+" -IB\nimport _preload, fetched, sys\nprint(fetched.said, sys.flags.isolated)\n"), 0o700))
	said, err := exec.Command(plugin).CombinedOutput()
	require.NoError(t, err, string(said))
	require.Equal(t, "here 1", strings.TrimSpace(string(said)))
}

// What a command complains of is told in a line.
func TestOutput(t *testing.T) {
	t.Parallel()
	_, err := output(t.Context(), "sh", "-c", "echo first >&2; echo no such package >&2; exit 100")
	require.EqualError(t, err, "sh: no such package")
}
