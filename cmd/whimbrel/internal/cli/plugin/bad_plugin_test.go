package plugin_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"
	"github.com/whimbreldb/whimbrel/core/diag"
)

// Whatever a plugin does, make ends with exit code 1 and a message that
// names it, writes nothing and leaves no process.
func TestBadPlugins(t *testing.T) {
	t.Parallel()
	for does, c := range map[string]struct {
		code    string
		says    []string
		timeout string
	}{
		"end":    {"WH4020", []string{"exit status 7", "no licence"}, ""},
		"babble": {"WH4023", []string{"1|1|pigeon|roof|grpc"}, ""},
		"sulk":   {"WH4021", []string{"within 500ms"}, "500ms"},
		"change": {"WH4024", []string{"changed its manifest"}, ""},
		"crash":  {"WH4030", []string{"exit status 3", "about to crash"}, ""},
		"hang":   {"WH4031", []string{"within 20.001s"}, "20s"},
		"panic":  {"WH4034", []string{"at the disco", "clitest/rogue.go"}, ""},
		"fail":   {"WH4034", []string{"no such polish"}, ""},
		"steal":  {"WH4042", []string{"field shop.book.title", "not its own"}, ""},
		"drop":   {"WH4042", []string{"drops field shop.book.title"}, ""},
		"shout":  {"WH4041", []string{"rogue.drop_database"}, ""},
		"mumble": {"WH4046", []string{"empty statement"}, ""},
		"double": {"WH4047", []string{"2 statements in one", "DROP TABLE public.book"}, ""},
		"atomic": {"WH4047", []string{"not one statement", "CREATE FUNCTION public.f()", "rogue.polish on rogue.shiny shop.book"}, ""},
		"split":  {"WH4054", []string{"would not read"}, ""},
		"inline": {"WH4054", []string{"would not read", "x int); DROP TABLE public.book"}, ""},
		"join":   {"WH4054", []string{"CREATE TABLE public.book", "would not read"}, ""},
		"role":   {"WH4054", []string{"a kind that plugins do not emit, SET"}, ""},
		"raze":   {"WH4054", []string{"drop column public.book.title", "That is of field shop.book.title"}, ""},
		"probe":  {"WH4055", []string{"not one SELECT"}, ""},
		"misname": {"WH2402", []string{
			`shop.hcl:2:3`, `detector "rogue": rogue.polish rogue.shiny shop.book: column public.book.titel is not there`,
			"Line 1 of its statement", "COMMENT ON COLUMN public.book.titel",
		}, ""},
		"need":   {"WH2202", []string{"create model shop.nobody", "It shines there."}, ""},
		"wait":   {"WH2201", []string{"Polish comes first."}, ""},
		"idle":   {"WH2401", []string{"rogue.shiny shop.book", "not made"}, ""},
		"forget": {"WH2401", []string{"rogue.shiny shop.book", "not made"}, ""},
		"lie":    {"WH2401", []string{`{"gloss":9}`}, ""},
	} {
		t.Run(does, func(t *testing.T) {
			t.Parallel()
			f := rogueProject(t)
			limit(f, c.timeout)
			before := f.Tree()
			misbehave(f, does)
			code, stdout, stderr := f.Run("make", "--no-input") // those that sleep do so for hours
			require.Equal(t, 1, code, "%s%s", stdout, stderr)
			require.Contains(t, stderr, c.code)
			said := strings.Join(strings.Fields(stderr), " ") // lines are wrapped
			for _, text := range append(c.says, "rogue") {
				require.Contains(t, said, text, stderr)
			}
			require.Contains(t, stderr, "Next: ")
			require.Empty(t, stdout)
			require.Equal(t, before, f.Tree(), "nothing is written")
			gone(f)

			misbehave(f, "")
			limit(f, "")
			f.Must("make")
		})
	}
}

// A plugin's drop is a hazard in the header, whatever the plugin says of it.
func TestHazardOfPlugin(t *testing.T) {
	t.Parallel()
	f := rogueProject(t)
	misbehave(f, "log")
	f.Must("make", "--no-input")
	require.Contains(t, f.Tree()["migrations/20261122110000_initial.sql"], "data_loss rogue.shiny shop.book: it does this: drop table public.shine")
}

// Nothing that a plugin says steers the terminal, in no command and no form.
func TestPaintingPlugin(t *testing.T) {
	t.Parallel()
	f := rogueProject(t)
	misbehave(f, "paint")
	for _, command := range []string{
		"plan", "plan --format json", "make --no-input -v", "show initial", "show initial --format json", "sql initial", "sql initial --format json",
		"plugin list", "plugin docs rogue", "validate",
	} {
		code, stdout, stderr := f.Run(strings.Fields(command)...)
		require.Zero(t, code, "%s: %s", command, stderr)
		require.Equal(t, diag.Escape(stdout+stderr), stdout+stderr, command)
		require.NotContains(t, stdout, "\nwrote x", command)
	}
	require.Contains(t, f.Must("sql", "initial"), `COMMENT ON TABLE public.book IS E'a \u001b[2J \u202e b' /* \u009b */`)
	require.Contains(t, f.Must("show", "initial"), `polish \u001b[2J \u202e table`)
}

// What a plugin says before its handshake does no harm.
func TestChattyPlugin(t *testing.T) {
	t.Parallel()
	f := rogueProject(t)
	misbehave(f, "chat")
	_, _, stderr := f.Run("make", "-v")
	require.Contains(t, stderr, "[rogue] hello from a library")
	require.Contains(t, f.Must("make"), "No changes.")
	gone(f)
}

// A plugin that is not the one that was locked is not even started.
func TestPluginThatWasNotLocked(t *testing.T) {
	t.Parallel()
	f := rogueProject(t)
	plugin := filepath.Join(f.Dir, "bin", "rogue")
	script, err := os.ReadFile(plugin)
	require.NoError(t, err)
	trap := fmt.Sprintf("touch '%s/started'\n", f.Dir)
	require.NoError(t, os.WriteFile(plugin, []byte(strings.Replace(string(script), "exec", trap+"exec", 1)), 0o755))
	refused(f, "WH4011", "is not the executable that was locked")
	require.NoError(t, os.Remove(filepath.Join(f.Dir, "whimbrel.lock.hcl")))
	refused(f, "WH4010", "is not in whimbrel.lock.hcl")
}

// Without the executable everything can be done that needs no more than what the
// plugin has made so far; what needs more is refused and names it.
func TestPluginThatIsGone(t *testing.T) {
	t.Parallel()
	f := rogueProject(t)
	f.Must("make")
	require.NoError(t, os.Remove(filepath.Join(f.Dir, "bin", "rogue")))
	const author = "model \"author\" {\n  field \"name\" { type = text }\n}\n"
	f.Write("models/author.hcl", author)
	require.Contains(t, f.Must("make", "-n", "author"), "create model shop.author")
	f.Must("validate")

	book := "model \"book\" {\n  %s\n  field \"title\" { type = varchar(%d) }\n}\n"
	f.Write("models/shop.hcl", fmt.Sprintf(book, "rogue = true", 40))
	before := f.Tree()
	code, _, stderr := f.Run("make", "--no-input")
	require.Equal(t, 1, code)
	require.Contains(t, stderr, `plugin "rogue" was not found`)
	require.Contains(t, stderr, "whimbrel.hcl:3:8")

	for name := range f.Tree() {
		require.Contains(t, before, name, "nothing is written")
	}

	// Where the project has forgotten the plugin, its migrations are enough.
	f.Write("whimbrel.hcl", "app \"shop\" {}\n")
	f.Write("models/shop.hcl", fmt.Sprintf(book, "", 40))
	require.Contains(t, f.Must("make", "--no-input"), "create shiny shop.book as 20261122110000_initial made it")
}

func refused(f clitest.Folder, code, says string) {
	f.T.Helper()
	before := f.Tree()
	for _, command := range []string{"make", "plan", "validate"} {
		exit, _, stderr := f.Run(command)
		require.Equal(f.T, 1, exit, stderr)
		require.Contains(f.T, stderr, code)
		require.Contains(f.T, stderr, `plugin "rogue" `+says)
		require.Contains(f.T, stderr, "whimbrel plugin lock")
	}
	require.Equal(f.T, before, f.Tree(), "nothing is written, and nothing was started")
}

// rogueProject is a project with a locked plugin that is good for now.
func rogueProject(t *testing.T) clitest.Folder {
	t.Helper()
	f := clitest.NewFolder(t)
	plugin, err := exec.LookPath("whimbrel-plugin-rogue")
	require.NoError(t, err)
	own := filepath.Join(filepath.Dir(f.Binary), "whimbrel-plugin-rogue")
	require.NoError(t, os.Link(plugin, own))
	f.Write("bin/rogue", fmt.Sprintf("#!/bin/sh\nexec '%s' \"$(cat '%s.does')\"\n", own, own))
	require.NoError(t, os.Chmod(filepath.Join(f.Dir, "bin", "rogue"), 0o755))
	limit(f, "")
	f.Write("models/shop.hcl", "model \"book\" {\n  rogue = true\n  field \"title\" { type = text }\n}\n")
	misbehave(f, "")
	f.Must("plugin", "lock")
	return f
}

// limit writes the project file, with the limit of the plugin's calls if there is one.
func limit(f clitest.Folder, timeout string) {
	f.T.Helper()
	if timeout != "" {
		timeout = fmt.Sprintf("timeout = %q", timeout)
	}
	f.Write("whimbrel.hcl", fmt.Sprintf("app \"shop\" {}\n\nplugin \"rogue\" {\n  source = \"bin/rogue\"\n  %s\n}\n", timeout))
}

// misbehave says what the plugin does from now on.
func misbehave(f clitest.Folder, does string) {
	f.T.Helper()
	path := filepath.Join(filepath.Dir(f.Binary), "whimbrel-plugin-rogue.does")
	require.NoError(f.T, os.WriteFile(path, []byte(does), 0o600))
}

// gone checks that no process of the folder's programs is left.
func gone(f clitest.Folder) {
	f.T.Helper()
	commands, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(f.T, err)
	for _, file := range commands {
		command, _ := os.ReadFile(file) // the process may have ended
		require.NotContains(f.T, string(command), filepath.Dir(f.Binary)+"/", file)
	}
}
