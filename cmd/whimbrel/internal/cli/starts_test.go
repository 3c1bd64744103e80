package cli_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// startsFile is beside the program: a line for each start of a plugin.
const startsFile = "starts"

// noteStart notes that this process serves one of the program's own plugins.
func noteStart() {
	if len(os.Args) != 4 || os.Args[1] != "plugin" || os.Args[2] != "serve" {
		return
	}
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	file, err := os.OpenFile(filepath.Join(filepath.Dir(program), startsFile), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	fmt.Fprintln(file, os.Args[3])
}

// starts returns how often each plugin was started since the last call.
func (f folder) starts() map[string]int {
	f.t.Helper()
	path := filepath.Join(filepath.Dir(f.binary), startsFile)
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return map[string]int{}
	}
	require.NoError(f.t, err)
	require.NoError(f.t, os.Remove(path))
	count := map[string]int{}
	for _, name := range strings.Fields(string(text)) {
		count[name]++
	}
	return count
}

// scripted writes a plugin that is a shell script: it notes its start and becomes
// one of the test's plugins.
func (f folder) scripted(name string) {
	f.t.Helper()
	plugin, err := exec.LookPath("whimbrel-plugin-" + name)
	require.NoError(f.t, err)
	f.write("bin/"+name, fmt.Sprintf("#!/bin/sh\necho %s >>'%s'\nexec '%s'\n",
		name, filepath.Join(filepath.Dir(f.binary), startsFile), plugin))
	require.NoError(f.t, os.Chmod(filepath.Join(f.dir, "bin", name), 0o755))
}

const startsProject = `app "shop" {}

plugin "triggers" {}
plugin "extensions" {}
plugin "shiny" { source = "bin/shiny" }
`

// shelf are models of which one is audited, one has an extension's type, one has
// an option of a third party and one has nothing.
func shelf(bookMore, authorMore string) string {
	return fmt.Sprintf(`
model "book" {
  audit_trigger = true
  field "title" { type = text }
  %s
}
model "author" {
  field "name" { type = text }
  %s
}
model "tag" {
  field "traits" { type = hstore }
}
model "shelf" {
  shiny = true
}
`, bookMore, authorMore)
}

// A plugin's process is started when something of it has to change, once, and
// never to apply anything.
func TestPluginsAreStartedWhenNeeded(t *testing.T) {
	t.Parallel()
	f := newFolder(t, "WHIMBREL_PLUGIN_TRANSPORT=process", "DATABASE_URL="+scratch.Database(t))
	f.scripted("shiny")
	f.write("whimbrel.hcl", startsProject)
	const isbn, born = "field \"isbn\" {\n type = text\n null = true\n}", "field \"born\" {\n type = date\n null = true\n}"
	const none = ""
	type started = map[string]int
	for _, step := range []struct {
		does   string
		models string
		args   string
		code   int
		want   started
	}{
		{"lock", shelf(none, none), "plugin lock", 0, started{"shiny": 1}},
		{"list", shelf(none, none), "plugin list", 0, started{}},
		{"make everything", shelf(none, none), "make", 0, started{"triggers": 1, "extensions": 1, "shiny": 1}},
		{"make nothing", shelf(none, none), "make", 0, started{}},
		{"make nothing again", shelf(none, none), "make --check", 0, started{}},
		{"plan a plain field", shelf(none, born), "plan", 0, started{}},
		{"check a plain field", shelf(none, born), "make --check", 2, started{}},
		{"make a plain field", shelf(none, born), "make -n born", 0, started{}},
		{"check an audited field", shelf(isbn, born), "make --check", 2, started{"triggers": 1}},
		{"check it again", shelf(isbn, born), "make --check", 2, started{}},
		{"plan it", shelf(isbn, born), "plan", 0, started{}},
		{"plan it anew", shelf(isbn, born), "plan --no-plugin-cache", 0, started{"triggers": 1}},
		{"make an audited field", shelf(isbn, born), "make -n isbn", 0, started{}},
		{"validate", shelf(isbn, born), "validate", 0, started{}},
		{"show", shelf(isbn, born), "show isbn", 0, started{}},
		{"sql", shelf(isbn, born), "sql isbn", 0, started{}},
		{"migrate", shelf(isbn, born), "migrate", 0, started{}},
		{"status", shelf(isbn, born), "status", 0, started{}},
		{"rollback", shelf(isbn, born), "rollback --to zero", 0, started{}},
	} {
		f.write("models/shop.hcl", step.models)
		code, stdout, stderr := f.run(strings.Fields(step.args)...)
		require.Equal(t, step.code, code, "%s\n%s%s", step.does, stdout, stderr)
		require.Equal(t, step.want, f.starts(), step.does)
	}
}
