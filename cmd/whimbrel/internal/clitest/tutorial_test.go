package clitest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"
)

// tutorials are the pages, in docs/plugins.
var tutorials = []string{"tutorial", "tutorial-blocks"}

// Every command of a tutorial runs, in the order of the page, and prints each
// line that stands below it; every file of the page is written where it says.
func TestTutorial(t *testing.T) {
	t.Parallel()
	for _, name := range tutorials {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runs(t, "../../../../docs/plugins/"+name+".md")
		})
	}
}

func runs(t *testing.T, name string) {
	t.Helper()
	page, err := os.ReadFile(name)
	require.NoError(t, err)
	script := asScript(t, string(page))
	require.Greater(t, strings.Count(script, "\nexec "), 8)
	file := filepath.Join(t.TempDir(), "tutorial.txtar")
	require.NoError(t, os.WriteFile(file, []byte(script), 0o644))
	testscript.Run(t, testscript.Params{Files: []string{file}, RequireExplicitExec: true, Setup: goSetup, Cmds: map[string]func(*testscript.TestScript, bool, []string){"python": clitest.Python}})
}

// goSetup lets a script build Go programs with whimbrel's source, with the machine's
// settings for modules: "go get" asks for more of them than a build of whimbrel needs.
func goSetup(env *testscript.Env) error {
	checkout, err := filepath.Abs("../../../..")
	if err != nil {
		return err
	}
	for _, name := range []string{"GOMODCACHE", "GOCACHE", "GOROOT", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return fmt.Errorf("go env %s: %w", name, err)
		}
		env.Setenv(name, strings.TrimSpace(string(value)))
	}
	for _, setting := range [][2]string{{"CHECKOUT", checkout}, {"GOFLAGS", "-mod=mod"}} {
		env.Setenv(setting[0], setting[1])
	}
	return clitest.Setup(env)
}

var block = regexp.MustCompile("(?s)```(\\w+)(?: file=(\\S+))?\n(.*?)```")

// asScript turns the blocks of a page into a script.
func asScript(t *testing.T, page string) string {
	t.Helper()
	var commands, files strings.Builder
	for i, found := range block.FindAllStringSubmatch(page, -1) {
		switch language, name, text := found[1], found[2], found[3]; {
		case name != "":
			fmt.Fprintf(&commands, "cp $WORK/.page/%d %s\n", i, name)
			fmt.Fprintf(&files, "-- .page/%d --\n%s", i, text)
		case language == "console":
			commands.WriteString(asCommands(text))
		}
	}
	return commands.String() + files.String()
}

// asCommands turns the lines of a console into commands and what they have to say.
func asCommands(console string) string {
	var b strings.Builder
	stream := "stdout"
	for line := range strings.Lines(console) {
		line = strings.TrimSuffix(line, "\n")
		switch command, ok := strings.CutPrefix(line, "$ "); {
		case ok:
			if run := newPython.FindStringSubmatch(command); run != nil {
				b.WriteString("python " + run[1] + "\n")
			}
			b.WriteString(asCommand(command) + "\n")
			stream = "stdout"
			if strings.HasPrefix(command, "! ") {
				stream = "stderr"
			}
		case line != "":
			b.WriteString(stream + " " + quote("^"+regexp.QuoteMeta(line)) + "\n")
		}
	}
	return b.String()
}

// newPython matches the commands that run a plugin in Python.
var newPython = regexp.MustCompile(`^(whimbrel-plugin-room)/`)

var toFile = regexp.MustCompile(`^(.*) > (\S+) &$`)

// asCommand turns a command of a shell into one of a script. One that has to fail
// begins with "!". What is started in the background has written its file before
// the next one runs.
func asCommand(command string) string {
	if strings.HasPrefix(command, "cd ") {
		return command
	}
	if started := toFile.FindStringSubmatch(command); started != nil {
		return "exec sh -c " + quote("exec "+started[1]+" > "+started[2]) + " &job&\n" +
			"exec sh -c " + quote("until test -s "+started[2]+"; do sleep 0.05; done")
	}
	if command == "kill %1" {
		return "kill -INT job\nwait job"
	}
	if failing, ok := strings.CutPrefix(command, "! "); ok {
		return "! exec sh -c " + quote(failing)
	}
	return "exec sh -c " + quote(command)
}

// quote writes text as one word of a script.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
