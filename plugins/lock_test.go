package plugins_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/plugins"
)

// locked returns a room whose plugin was opened and locked, and the lock as a
// later command reads it.
func locked(t *testing.T) (room, *plugins.Lock) {
	room := newRoom(t)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("good")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	return room, written(t, t.TempDir(), relocked(t, host, nil))
}

// written returns a lock as a later command reads it in a folder, where the
// manifests are not.
func written(t *testing.T, root string, lock *plugins.Lock) *plugins.Lock {
	require.NoError(t, plugins.WriteLock(root, lock))
	require.NoError(t, os.RemoveAll(filepath.Join(root, plugins.LockFolder)))
	read, found, err := plugins.ReadLock(root)
	require.NoError(t, err)
	require.Empty(t, found)
	return read
}

func relocked(t *testing.T, host *plugins.Host, before *plugins.Lock) *plugins.Lock {
	lock, found := host.Lock(before, plugins.Checksums{})
	require.Empty(t, found)
	return lock
}

// open opens the plugin as a command does that only runs what is locked.
func (r room) open(t *testing.T, mode string, lock *plugins.Lock) (*plugins.Host, diag.List) {
	options := r.options(plugins.Options{Lock: lock})
	options.AllowUnlocked = false
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{r.spec(mode)}, options)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, host.Close()) })
	return host, found
}

func TestNothingStartsUntilSomethingChanged(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	host, found := room.open(t, "good", lock)
	require.Empty(t, found)
	require.Equal(t, "1.2.3", host.Detectors()[0].Manifest().Version)
	require.Equal(t, 0, host.Starts(), "the manifest comes from the cache")
	_, err := host.Detectors()[0].Detect(t.Context(), onePass())
	require.NoError(t, err)
	require.Equal(t, 1, host.Starts())
}

func TestDamagedCacheIsNoCache(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	files, err := filepath.Glob(room.cache + "/manifests/*/*.json")
	require.NoError(t, err)
	require.Len(t, files, 1)
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	damaged := strings.Replace(string(data), "hostile.thing", "hostile.other", 1)
	require.NoError(t, os.WriteFile(files[0], []byte(damaged), 0o600))
	host, found := room.open(t, "good", lock)
	require.Empty(t, found)
	require.Equal(t, 1, host.Starts())
}

func TestUnlockedPluginIsRefused(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	host, found := room.open(t, "good", &plugins.Lock{})
	require.Len(t, found, 1)
	require.Equal(t, "WH4010", found[0].Code)
	require.Contains(t, found[0].Next, "whimbrel plugin lock")
	require.Equal(t, 0, host.Starts())
}

func TestExecutableThatIsNotTheLockedOneIsRefused(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	appendTo(t, room.binary)
	host, found := room.open(t, "good", lock)
	require.Len(t, found, 1)
	require.Equal(t, "WH4011", found[0].Code)
	require.Contains(t, found[0].Next, "whimbrel plugin lock")
	require.Contains(t, found[0].Summary, `"hostile"`)
	require.Equal(t, 0, host.Starts())
}

// A sum that is remembered is that of the file as it is.
func TestRememberedSumIsThatOfTheFile(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	old := time.Now().Add(-time.Hour)
	appendTo(t, room.binary) // a file of its own
	own := *lock
	own.Plugins = slices.Clone(lock.Plugins)
	own.Plugins[0].Binary = map[string]string{plugins.Platform(): sumOf(t, room.binary)}
	require.NoError(t, os.Chtimes(room.binary, old, old))
	time.Sleep(2100 * time.Millisecond)
	options := room.options(plugins.Options{Lock: &own})
	options.AllowUnlocked = false
	for range 2 {
		host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("good")}, options)
		require.NoError(t, errors.Join(err, found.Err(), host.Close()))
	}
	remembered, err := filepath.Glob(room.cache + "/sums/*")
	require.NoError(t, err)
	require.Len(t, remembered, 1)

	// Another content of the same length, at the same place, with the same time.
	data, err := os.ReadFile(room.binary)
	require.NoError(t, err)
	data[len(data)-1]++
	require.NoError(t, os.WriteFile(room.binary, data, 0o755))
	require.NoError(t, os.Chtimes(room.binary, old, old))
	_, found := room.open(t, "good", &own)
	require.Equal(t, "WH4011", diagnosed(t, found).Code)
}

func sumOf(t *testing.T, path string) string {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func TestExecutableThatIsExchangedAfterTheCheckDoesNotRun(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	host, found := room.open(t, "good", lock)
	require.Empty(t, found)
	appendTo(t, room.binary)
	_, err := host.Detectors()[0].Detect(t.Context(), onePass())
	require.Equal(t, "WH4011", diagnosed(t, err).Code)
	require.Equal(t, 0, host.Starts())
}

// appendTo gives a room an executable that differs by a byte.
func appendTo(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, os.Remove(path)) // it shares its file with others
	require.NoError(t, os.WriteFile(path, append(data, 0), 0o755))
}

func TestOtherManifestThanTheLockedOneIsRefused(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	for name, c := range map[string]struct {
		change func(*plugins.Entry)
		code   string
	}{
		"version":  {func(l *plugins.Entry) { l.Version = "1.0.0" }, "WH4013"},
		"protocol": {func(l *plugins.Entry) { l.Protocol = 2 }, "WH4013"},
		"manifest": {func(l *plugins.Entry) { l.Manifest = strings.Repeat("0", 64) }, "WH4013"},
		"platform": {func(l *plugins.Entry) { l.Binary = map[string]string{"plan9_mips": strings.Repeat("0", 64)} }, "WH4012"},
	} {
		t.Run(name, func(t *testing.T) {
			entry := lock.Plugins[0]
			c.change(&entry)
			_, found := room.open(t, "good", &plugins.Lock{Plugins: []plugins.Entry{entry}})
			require.Len(t, found, 1)
			require.Equal(t, c.code, found[0].Code)
			require.Contains(t, found[0].Next, "whimbrel plugin lock")
		})
	}
}

func TestManifestThatChangesBetweenStartsIsRefused(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	first, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("moody")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	require.NoError(t, first.Close())
	require.Equal(t, "WH4024", diagnosed(t, room.run(t, "moody", plugins.Options{})).Code)
}

func TestLockKeepsOtherPlatforms(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	other := strings.Repeat("a", 64)
	lock.Plugins[0].Binary["plan9_mips"] = other
	host, found := room.open(t, "good", lock)
	require.Empty(t, found)
	require.Equal(t, other, relocked(t, host, lock).Plugins[0].Binary["plan9_mips"])
	lock.Plugins[0].Version = "1.0.0"
	require.NotContains(t, relocked(t, host, lock).Plugins[0].Binary, "plan9_mips", "those were another version")
}

func TestLockFile(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	lock, found, err := plugins.ReadLock(root)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Empty(t, lock.Plugins, "no file is an empty lock")

	sum := strings.Repeat("0123456789abcdef", 4)
	want := &plugins.Lock{Plugins: []plugins.Entry{{
		Name: "rls", Version: "1.0.3", Protocol: 1, Manifest: sum,
		Binary: map[string]string{"linux_amd64": sum, "darwin_arm64": sum},
	}}}
	require.NoError(t, plugins.WriteLock(root, want))
	data, err := os.ReadFile(filepath.Join(root, plugins.LockFile))
	require.NoError(t, err)
	require.Equal(t, `# The plugins that this project may run. Written by "whimbrel plugin lock";
# belongs into version control.

plugin "rls" {
  version  = "1.0.3"
  protocol = 1
  manifest = "sha256:`+sum+`"
  binary = {
    darwin_arm64 = "sha256:`+sum+`"
    linux_amd64  = "sha256:`+sum+`"
  }
}
`, string(data))

	have, found, err := plugins.ReadLock(root)
	require.NoError(t, err)
	require.Empty(t, found)
	require.Equal(t, 4, have.Plugins[0].Range.Start.Line)
	have.Plugins[0].Range = diag.Range{}
	require.Equal(t, want.Plugins, have.Plugins)
}

func TestLockFileWithMistakes(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"syntax":     `plugin "rls" {`,
		"incomplete": `plugin "rls" {}`,
		"sum": `plugin "rls" {
  version = "1.0.0"
  protocol = 1
  manifest = "sha256:abc"
  binary = {}
}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(root, plugins.LockFile), []byte(text), 0o644))
			_, found, err := plugins.ReadLock(root)
			require.NoError(t, err)
			require.NotEmpty(t, found)
			require.Equal(t, "WH4015", found[0].Code)
			require.Equal(t, plugins.LockFile, found[0].Range.File)
			require.Contains(t, found[0].Next, "whimbrel plugin lock")
		})
	}
}
