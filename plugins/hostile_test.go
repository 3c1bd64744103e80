package plugins_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/diag"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/plugins"
)

// Whatever a plugin does, the user gets a message that names it, in bounded
// time, and neither a process nor a file is left.
func TestHostilePlugins(t *testing.T) {
	t.Parallel()
	short := plugins.Options{StartTimeout: 700 * time.Millisecond}
	call := plugins.Options{CallTimeout: 700 * time.Millisecond}
	for _, c := range []struct {
		mode    string
		options plugins.Options
		code    string   // empty: it works all the same
		says    []string // in the message
	}{
		{mode: "good"},
		{mode: "early"},
		{mode: "flood"},
		{mode: "badlog"},
		{mode: "family"},
		{mode: "runaway"},
		{mode: "slow"},
		{mode: "exit", code: "WH4020", says: []string{"exit status 7", `no \u001b[31mlicence`}},
		{mode: "stray", code: "WH4020", says: []string{"exit status 6"}},
		{mode: "quitter", code: "WH4020", says: []string{"exit status 0"}},
		{mode: "stranger", code: "WH4020", says: []string{"exit status 1", "whimbrel starts it when a project asks for it"}},
		{mode: "stopped", options: short, code: "WH4021", says: []string{"within 700ms"}},
		{mode: "nowhere", code: "WH4023", says: []string{"10.0.0.1:80", "not on this machine"}},
		{mode: "named", code: "WH4023", says: []string{"localhost.example.org:80", "not on this machine"}},
		{mode: "silent", options: short, code: "WH4021", says: []string{"within 700ms", "did not print its handshake", "thinking"}},
		{mode: "mute", options: short, code: "WH4021", says: []string{"within 700ms", "did not answer"}},
		{mode: "garbage", code: "WH4023", says: []string{"1|1|pigeon|roof|grpc"}},
		{mode: "long", code: "WH4023"},
		{mode: "elsewhere", code: "WH4023", says: []string{"/var/run/docker.sock", "outside"}},
		{mode: "newer", code: "WH4022", says: []string{"speaks protocol 2, this whimbrel speaks 1", "upgrade whimbrel"}},
		{mode: "older", code: "WH4022", says: []string{"speaks protocol 0", "upgrade the plugin"}},
		{mode: "crash", code: "WH4030", says: []string{"exit status 3", "about to crash"}},
		{mode: "widow", code: "WH4030", says: []string{"exit status 4"}},
		{mode: "panic", code: "WH4034", says: []string{"panic: at the disco", "goroutine", "main.go"}},
		{mode: "error", code: "WH4034", says: []string{"no such policy"}},
		{mode: "hang", options: call, code: "WH4031", says: []string{"within 701ms", "going round"}},
		{mode: "spin", options: call, code: "WH4031", says: []string{"within 701ms"}},
		{mode: "freeze", options: call, code: "WH4031", says: []string{"within 701ms"}},
		{mode: "huge", options: plugins.Options{MaxMessage: 1 << 20}, code: "WH4033"},
		{mode: "foreign", code: "WH4042", says: []string{"field shop.pizza.name", "not its own"}},
		{mode: "unlisted", code: "WH4041", says: []string{"hostile.drop_database"}},
		{mode: "forged", code: "WH4041", says: []string{`in the name of "triggers"`}},
		{mode: "latin", code: "WH4032", says: []string{"UTF-8"}},
		{mode: "zero", code: "WH4046", says: []string{"zero byte"}},
		{mode: "verbose", code: "WH4051", says: []string{"100000 diagnostics"}},
		{mode: "uninvited", code: "WH4043", says: []string{"hostile.thing shop.other", "did not change"}},
	} {
		t.Run(c.mode, func(t *testing.T) {
			t.Parallel()
			room := newRoom(t)
			err := room.run(t, c.mode, c.options)
			if c.code == "" {
				require.NoError(t, err)
				return
			}
			d := diagnosed(t, err)
			require.Equal(t, c.code, d.Code, "%+v", d)
			require.Contains(t, d.Summary, `plugin "hostile"`)
			require.NotEmpty(t, d.Next)
			require.Equal(t, "whimbrel.hcl", d.Range.File)
			for _, text := range c.says {
				require.Contains(t, d.Summary+"\n"+d.Detail+"\n"+d.Next, text)
			}
		})
	}
}

// A room is a test's own copy of the hostile plugin, whose path names its
// processes, and its own folder for sockets.
type room struct{ binary, temp, cache string }

func newRoom(t *testing.T) room {
	temp, err := os.MkdirTemp("/tmp", "wt")
	require.NoError(t, err)
	r := room{binary: filepath.Join(t.TempDir(), "hostile"), temp: temp, cache: t.TempDir()}
	require.NoError(t, os.Link(hostile(t), r.binary))
	t.Cleanup(func() {
		require.Empty(t, processes(t, r.binary), "processes are left")
		left, err := filepath.Glob(temp + "/*")
		require.NoError(t, err)
		require.Empty(t, left, "files are left")
		require.NoError(t, os.Remove(temp))
	})
	return r
}

func (r room) options(o plugins.Options) plugins.Options {
	o.TempDir, o.CacheDir, o.AllowUnlocked = r.temp, r.cache, true
	return o
}

func (r room) spec(mode string) plugins.Spec {
	return plugins.Spec{Name: "hostile", Path: r.binary, Args: []string{mode}, Range: diag.Range{File: "whimbrel.hcl"}}
}

// run opens the plugin, calls it twice, and returns what went wrong. What the plugin
// does badly it does for hours, so an end is the host's doing.
func (r room) run(t *testing.T, mode string, options plugins.Options) error {
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{r.spec(mode)}, r.options(options))
	require.NoError(t, err)
	defer func() { require.NoError(t, host.Close()) }()
	if found.HasErrors() {
		require.Empty(t, host.Detectors())
		return found
	}
	for range 2 {
		result, err := host.Detectors()[0].Detect(t.Context(), onePass())
		if err != nil {
			return err
		}
		require.Len(t, result.Operations, 1)
	}
	require.Equal(t, 1, host.Starts())
	return nil
}

// onePass is a pass with one new thing.
func onePass() detect.Pass {
	thing := &state.Object{Address: address.New("hostile.thing", "shop", "pizza"), Attrs: []byte("{}")}
	return detect.Pass{
		From: state.New(), To: state.New(thing),
		Changes: []detect.Change{{Change: state.Change{After: thing}}},
	}
}

func diagnosed(t *testing.T, err error) diag.Diagnostic {
	var list diag.List
	if errors.As(err, &list) && len(list) > 0 {
		return list[0]
	}
	var one diag.Diagnostic
	require.ErrorAs(t, err, &one)
	return one
}

// hostile returns the path of the plugin, built once.
func hostile(t *testing.T) string {
	path, err := build()
	require.NoError(t, err)
	return path
}

var build = sync.OnceValues(func() (string, error) {
	path := filepath.Join(os.Getenv(folderVariable), "hostile")
	output, err := exec.Command("go", "build", "-o", path, "./testdata/hostile").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the hostile plugin: %w\n%s", err, output)
	}
	return path, nil
})

// processes returns the living processes whose command begins with a path.
func processes(t *testing.T, path string) []string {
	var found []string
	commands, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, file := range commands {
		command, _ := os.ReadFile(file)
		status, _ := os.ReadFile(filepath.Join(filepath.Dir(file), "stat"))
		if strings.HasPrefix(string(command), path+"\x00") && !strings.Contains(string(status), ") Z ") {
			found = append(found, filepath.Base(filepath.Dir(file)))
		}
	}
	return found
}

func TestCancelledCallLeavesNothing(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("hang")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err = host.Detectors()[0].Detect(ctx, onePass())
	require.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestCancelledStartLeavesNothing(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	host, _, err := plugins.Open(ctx, []plugins.Spec{room.spec("silent")}, room.options(plugins.Options{}))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.NoError(t, host.Close())
}

func TestCrashIsFollowedByAFreshStart(t *testing.T) {
	t.Parallel()
	room := newRoom(t)
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{room.spec("crash")}, room.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	for range 2 {
		_, err = host.Detectors()[0].Detect(t.Context(), onePass())
		require.Equal(t, "WH4030", diagnosed(t, err).Code)
	}
	require.Equal(t, 4, host.Starts(), "each call is tried once more")
}

func TestPluginSeesNothing(t *testing.T) {
	room := newRoom(t)
	t.Setenv("PGPASSWORD", "secret")
	t.Setenv("DATABASE_URL", "postgres://secret@host/db")
	result := room.surroundings(t)
	pid, rest, _ := strings.Cut(result, " ")
	require.NotEmpty(t, pid)
	files, environment, _ := strings.Cut(rest, "\n")
	require.Equal(t, "0", files, "the folder that it runs in is empty")
	var names []string
	for line := range strings.Lines(environment) {
		name, _, _ := strings.Cut(line, "=")
		names = append(names, name)
	}
	require.ElementsMatch(t, []string{
		"PATH", "LANG", "TZ", "HOME", "TMPDIR", "WHIMBREL_STDIN_WATCH", "WHIMBREL_PLUGIN",
		"PLUGIN_MIN_PORT", "PLUGIN_MAX_PORT", "PLUGIN_PROTOCOL_VERSIONS", "PLUGIN_UNIX_SOCKET_DIR",
	}, names)
}

func (r room) surroundings(t *testing.T) string {
	host, found, err := plugins.Open(t.Context(), []plugins.Spec{r.spec("surroundings")}, r.options(plugins.Options{}))
	require.NoError(t, errors.Join(err, found.Err()))
	defer host.Close()
	result, err := host.Detectors()[0].Detect(t.Context(), onePass())
	require.NoError(t, err)
	return result.Diagnostics[0].Summary
}
