package plugins_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
)

// Messages are larger than what gRPC takes by itself, in both directions.
func TestLargeRequest(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	pass := onePass()
	objects := []*state.Object{pass.Changes[0].After}
	for i := range 5 {
		attrs := []byte(`{"text":"` + strings.Repeat("x", 1<<20) + `"}`)
		objects = append(objects, &state.Object{Address: address.New("field", "shop", "pizza", string(rune('a'+i))), Attrs: attrs})
	}
	pass.To = state.New(objects...)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("count")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	result, err := host.Detectors()[0].Detect(t.Context(), pass)
	require.NoError(t, err)
	require.Equal(t, "6", result.Diagnostics[0].Summary)
}

// asleep returns once a process is stopped, which it does by itself.
func asleep(t *testing.T, pid string) {
	t.Helper()
	require.Eventually(t, func() bool {
		status, err := os.ReadFile("/proc/" + pid + "/stat")
		return err == nil && strings.Contains(string(status), ") T ")
	}, 5*time.Minute, time.Millisecond)
}

// A plugin that does not even run is closed too.
func TestFrozenPluginIsClosed(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("fall asleep")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	_, err = host.Detectors()[0].Detect(t.Context(), onePass())
	require.NoError(t, err)
	for _, pid := range processes(t, room.binary) {
		asleep(t, pid)
	}
	require.NoError(t, host.Close())
}

// What people type is for whimbrel only.
func TestPluginHasAnotherInput(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	result, _, err := room.ask(t, "stdin", plugins.Options{})
	require.NoError(t, err)
	require.Regexp(t, `^pipe:`, result.Diagnostics[0].Summary)
	own, err := os.Readlink("/proc/self/fd/0")
	require.NoError(t, err)
	require.NotEqual(t, own, result.Diagnostics[0].Summary)
}

// A path of a socket has about a hundred bytes.
func TestFolderForSocketsThatIsTooLong(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	options := room.options(plugins.Options{})
	options.TempDir = "/tmp/" + strings.Repeat("x", 60)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("good")}, options)
	require.NoError(t, err)
	defer host.Close()
	d := diagnosed(t, found)
	require.Equal(t, "WH4020", d.Code)
	require.Contains(t, d.Detail, "longer than 40 bytes")
	require.Contains(t, d.Next, "TMPDIR")
}

// A link that leads to another file after the check does not lead there.
func TestLinkThatIsTurnedDoesNotRun(t *testing.T) {
	t.Parallel()
	room, lock := locked(t)
	link, trap := filepath.Join(filepath.Dir(room.binary), "link"), filepath.Join(filepath.Dir(room.binary), "trap")
	require.NoError(t, os.Symlink(room.binary, link))
	require.NoError(t, os.WriteFile(trap, []byte("#!/bin/sh\ntouch '"+trap+".sprung'\n"), 0o755))
	spec := room.spec("good")
	spec.Path = link
	options := room.options(plugins.Options{Lock: lock})
	options.AllowUnlocked = false
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec}, options)
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	require.NoError(t, os.Remove(link))
	require.NoError(t, os.Symlink(trap, link))
	_, err = host.Detectors()[0].Detect(t.Context(), onePass())
	require.Equal(t, "WH4011", diagnosed(t, err).Code)
	require.NoFileExists(t, trap+".sprung")
}

// A locked script runs from the file that was checked.
func TestLockedScript(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	script := filepath.Join(filepath.Dir(room.binary), "script")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\nexec '"+room.binary+"' \"$@\"\n"), 0o755))
	spec := room.spec("good")
	spec.Path = script
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	lock := relocked(t, host, nil)
	require.True(t, lock.Plugins[0].Script)
	require.NoError(t, host.Close())

	options := room.options(plugins.Options{Lock: lock})
	options.AllowUnlocked = false
	host, found, err = plugins.Open(t.Context(), []plugins.Spec{spec}, options)
	require.NoError(t, errors.Join(err, found.Err()))
	_, err = host.Detectors()[0].Detect(t.Context(), onePass())
	require.NoError(t, errors.Join(err, host.Close()))
}

// An executable that is being written is waited for, a little.
func TestBusyExecutable(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	appendTo(t, room.binary)
	writer, err := os.OpenFile(room.binary, os.O_WRONLY, 0)
	require.NoError(t, err)
	time.AfterFunc(100*time.Millisecond, func() { _ = writer.Close() })
	require.NoError(t, room.run(t, "good", plugins.Options{}))
}

func TestCancelledHandshakeLeavesNothing(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	host, _, err := plugins.Open(ctx, []plugins.Spec{room.spec("mute")}, room.options(plugins.Options{}))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NoError(t, host.Close())
}
