package plugins_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/plugins"
)

// A release lists the executables of all platforms; the one at hand has to be
// among them.
func TestLockForAllPlatforms(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	own := lock.Plugins[0].Binary[plugins.Platform()]
	other, wrong := strings.Repeat("a", 64), strings.Repeat("b", 64)
	for name, c := range map[string]struct {
		lines []string
		code  string
		want  []string // platforms
	}{
		"all": {[]string{
			own + "  whimbrel-plugin-hostile_1.2.3_" + plugins.Platform(),
			other + " *dist/whimbrel-plugin-hostile_v1.2.3_darwin_arm64",
			other + "  whimbrel-plugin-hostile_1.2.3_windows_amd64.exe",
			other + "  whimbrel-plugin-hostile_1.2.3_plan9_amd64.tar.gz",
			other + "  whimbrel-plugin-hostile_1.2.2_freebsd_amd64",
			other + "  whimbrel-plugin-other_1.2.3_netbsd_amd64",
		}, "", []string{plugins.Platform(), "darwin_arm64", "windows_amd64"}},
		"another one": {[]string{wrong + "  hostile_" + plugins.Platform()}, "WH4017", nil},
		"not ours":    {[]string{other + "  hostile_1.2.3_plan9_mips"}, "WH4017", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "SHA256SUMS")
			require.NoError(t, os.WriteFile(file, []byte(strings.Join(c.lines, "\n")+"\n\n"), 0o644))
			sums, err := plugins.ReadChecksums(file)
			require.NoError(t, err)
			host, found := room.open(t, "good", lock)
			require.Empty(t, found)
			again, found := host.Lock(nil, sums)
			if c.code != "" {
				require.Equal(t, c.code, diagnosed(t, found).Code)
				return
			}
			require.Empty(t, found)
			var platforms []string
			for platform, sum := range again.Plugins[0].Binary {
				platforms = append(platforms, platform)
				require.Equal(t, platform == plugins.Platform(), sum == own)
			}
			require.ElementsMatch(t, c.want, platforms)
		})
	}
}

func TestChecksumsThatAreNone(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "SHA256SUMS")
	_, err := plugins.ReadChecksums(file)
	require.Equal(t, "WH4018", diagnosed(t, err).Code)
	require.NoError(t, os.WriteFile(file, []byte("<html>\x1b[2J"), 0o644))
	_, err = plugins.ReadChecksums(file)
	require.Equal(t, "WH4018", diagnosed(t, err).Code)
	require.NotContains(t, err.Error(), "\x1b")
}

// What the lock does not have is said together with what it has.
func TestLockWithoutThisPlatformSaysWhatItHas(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	lock.Plugins[0].Binary = map[string]string{"plan9_mips": strings.Repeat("0", 64), "beos_ppc": strings.Repeat("0", 64)}
	_, found := room.open(t, "good", lock)
	require.Equal(t, "WH4012", diagnosed(t, found).Code)
	require.Contains(t, found[0].Detail, "beos_ppc, plan9_mips")
	require.Contains(t, found[0].Next, "whimbrel plugin lock --checksums SHA256SUMS")
}

// On a machine that has never run the plugin its manifest lies beside the lock.
func TestManifestBesideTheLock(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("good")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	root := t.TempDir()
	require.NoError(t, plugins.WriteLock(root, relocked(t, host, nil)))
	room.cache = t.TempDir()

	lock, found, err := plugins.ReadLock(root)
	require.NoError(t, errors.Join(err, found.Err(), lock.Check().Err()))
	again, found := room.open(t, "good", lock)
	require.Empty(t, found)
	require.Equal(t, host.Detectors()[0].Manifest(), again.Detectors()[0].Manifest())
	require.Equal(t, 0, again.Starts())

	file := filepath.Join(root, plugins.LockFolder, "hostile.json")
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Contains(t, string(text), "\n  \"version\": \"1.2.3\"", "people can read it")
	for _, edited := range []string{
		strings.Replace(string(text), "hostile.drop_thing", "hostile.drop_all", 1),
		strings.Replace(string(text), `"version"`, `"more": 1, "version"`, 1),
		"", "[]",
	} {
		require.NoError(t, os.WriteFile(file, []byte(edited), 0o644))
		_, found = room.open(t, "good", lock)
		require.Equal(t, "WH4016", diagnosed(t, found).Code, edited)
		require.Equal(t, "WH4016", diagnosed(t, lock.Check()).Code)
	}

	// A plugin that is not locked any more leaves nothing.
	require.NoError(t, plugins.WriteLock(root, &plugins.Lock{}))
	require.NoDirExists(t, filepath.Join(root, plugins.LockFolder), fmt.Sprint("of ", file))
}
