package plugin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"

	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

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
	f := clitest.NewFolder(t, "WHIMBREL_PLUGIN_TRANSPORT=process", "DATABASE_URL="+scratch.Database(t))
	f.Scripted("shiny")
	f.Write("whimbrel.hcl", startsProject)
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
		f.Write("models/shop.hcl", step.models)
		code, stdout, stderr := f.Run(strings.Fields(step.args)...)
		require.Equal(t, step.code, code, "%s\n%s%s", step.does, stdout, stderr)
		require.Equal(t, step.want, f.Starts(), step.does)
	}
}
