package plugins_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/plugins"
)

// ask opens the plugin, asks it once and returns the answer and how many
// processes that took.
func (r room) ask(t *testing.T, mode string, options plugins.Options) (detect.Result, int, error) {
	t.Helper()
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{r.spec(mode)}, r.options(options))
	require.NoError(t, errors.Join(err, found.Err()))
	defer func() { require.NoError(t, host.Close()) }()
	before := host.Starts()
	result, err := host.Detectors()[0].Detect(t.Context(), onePass())
	return result, host.Starts() - before, err
}

func TestAnswersAreKept(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	on := plugins.Options{Results: plugins.ResultsOn, HostVersion: "1"}
	first, _, err := room.ask(t, "good", on)
	require.NoError(t, err)
	second, starts, err := room.ask(t, "good", on)
	require.NoError(t, err)
	require.Equal(t, 0, starts, "it was asked that before")
	require.Equal(t, first, second)

	_, starts, err = room.ask(t, "good", plugins.Options{})
	require.NoError(t, err)
	require.Equal(t, 1, starts, "nobody wants what is kept")
	_, starts, err = room.ask(t, "good", plugins.Options{Results: plugins.ResultsOn, HostVersion: "2"})
	require.NoError(t, err)
	require.Equal(t, 1, starts, "another whimbrel")
	appendTo(t, room.binary)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("good")}, room.options(on))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	_, err = host.Detectors()[0].Detect(t.Context(), onePass())
	require.NoError(t, err)
	require.Equal(t, 1, host.Starts(), "another executable")
}

func TestAnswersAreKeptForOneselfOnly(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	_, _, err := room.ask(t, "good", plugins.Options{Results: plugins.ResultsOn})
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir(room.cache+"/results", func(_ string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := entry.Info()
		require.Zero(t, info.Mode().Perm()&0o077)
		return err
	}))
	require.NoError(t, os.Chmod(room.cache+"/results", 0o777))
	_, starts, err := room.ask(t, "good", plugins.Options{Results: plugins.ResultsOn})
	require.NoError(t, err)
	require.Equal(t, 1, starts, "anybody could have written it")
}

func TestEditedAnswerIsNone(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	on := plugins.Options{Results: plugins.ResultsOn}
	want, _, err := room.ask(t, "good", on)
	require.NoError(t, err)
	files, err := filepath.Glob(room.cache + "/results/*/*")
	require.NoError(t, err)
	require.Len(t, files, 1)
	data, err := os.ReadFile(files[0])
	require.NoError(t, err)
	require.Contains(t, string(data), "CREATE")
	require.NoError(t, os.WriteFile(files[0], []byte(strings.Replace(string(data), "CREATE", "DELETE", 1)), 0o600))
	have, starts, err := room.ask(t, "good", on)
	require.NoError(t, err)
	require.Equal(t, 1, starts)
	require.Equal(t, want, have)

	// An answer in the place of another is none either.
	other := filepath.Join(room.cache, "results", "ab", strings.Repeat("ab", 32))
	require.NoError(t, os.MkdirAll(filepath.Dir(other), 0o700))
	require.NoError(t, os.Rename(files[0], other))
	require.NoError(t, os.Rename(other, files[0]))
	_, starts, err = room.ask(t, "good", on)
	require.NoError(t, err)
	require.Equal(t, 0, starts, "this one is the real one again")
}

func TestPluginThatIsNoFunctionIsFound(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	verify := plugins.Options{Results: plugins.ResultsVerify}
	for range 2 {
		_, _, err := room.ask(t, "good", verify)
		require.NoError(t, err)
	}
	_, _, err := room.ask(t, "impure", verify)
	require.NoError(t, err, "nothing to compare with")
	_, _, err = room.ask(t, "impure", verify)
	d := diagnosed(t, err)
	require.Equal(t, "WH4035", d.Code)
	require.Contains(t, d.Summary, `plugin "hostile"`)
}

// What a script does is not in the file that is hashed.
func TestAnswersOfScriptsAreNotKept(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	script := filepath.Join(filepath.Dir(room.binary), "script")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\nexec '"+room.binary+"' \"$@\"\n"), 0o755))
	spec := room.spec("good")
	spec.Path = script
	for range 2 {
		host, found, err := plugins.Open(t.Context(), []plugins.Spec{spec}, room.options(plugins.Options{Results: plugins.ResultsOn}))
		require.NoError(t, errors.Join(err, found.Err()))
		_, err = host.Detectors()[0].Detect(t.Context(), onePass())
		require.NoError(t, errors.Join(err, host.Close()))
		require.Equal(t, 1, host.Starts())
	}
}

func TestCrashIsTriedOnceMore(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	_, starts, err := room.ask(t, "clumsy", plugins.Options{CallTimeout: 10 * time.Second})
	require.NoError(t, err)
	require.Equal(t, 1, starts, "besides the one that was there")
}
