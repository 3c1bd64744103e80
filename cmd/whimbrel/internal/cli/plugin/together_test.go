package plugin_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"

	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/postgres/scratch"
)

// together are four plugins, whimbrel's own and an example, that meet on one
// model. The example is an executable however the others are called.
var together = []string{"rls", "softdelete", "triggers", "updatedat"}

// meeting is the model with the options of some plugins.
func meeting(enabled []string, renamed bool) string {
	option := func(plugin, text string) string {
		if slices.Contains(enabled, plugin) {
			return text
		}
		return ""
	}
	table, column := "", ""
	if renamed {
		table, column = "table = \"notes\"", "column = \"gone_at\""
	}
	return fmt.Sprintf(`
model "note" {
  %s
  field "owner" { type = text }
  field "tag" { type = text }
  field "changed" {
    type = timestamptz
    %s
  }
  field "gone" {
    type = timestamptz
    null = true
    %s
  }
  %s
}
`, table, option("updatedat", "auto_now = true"), column, strings.Join([]string{
		option("rls", "row_security = true\n  policy \"own\" { using = owner == sql(\"current_user\") && tag != \"secret\" }"),
		option("softdelete", "soft_delete { field = gone }"),
		option("triggers", "audit_trigger = true\n  constraint_trigger \"few\" {\n    query {\n      values = [owner]\n"+
			"      annotate = { notes = count() }\n      filter = notes > 9\n    }\n    error = \"Too many.\"\n  }"),
	}, "\n  "))
}

// enable writes the project file, with the plugins in an order.
func enable(f clitest.Folder, order []string) {
	f.T.Helper()
	text := "app \"shop\" {}\n"
	for _, name := range order {
		text += fmt.Sprintf("plugin %q {}\n", name)
	}
	f.Write("whimbrel.hcl", text)
}

func permutations(list []string) [][]string {
	if len(list) < 2 {
		return [][]string{list}
	}
	var found [][]string
	for i, first := range list {
		rest := slices.Delete(slices.Clone(list), i, i+1)
		for _, tail := range permutations(rest) {
			found = append(found, append([]string{first}, tail...))
		}
	}
	return found
}

// In each of the 24 orders the plugins give the same files, the ways back
// included: those that make everything, and those of a rename that concerns all.
func TestPluginsInAnyOrder(t *testing.T) {
	t.Parallel()
	var want map[string]string
	for i, order := range permutations(together) {
		transport := "inprocess"
		if i%8 == 0 {
			transport = "process"
		}
		f := clitest.NewFolder(t, "WHIMBREL_PLUGIN_TRANSPORT="+transport)
		enable(f, order)
		f.Must("plugin", "lock")
		for _, renamed := range []bool{false, true} {
			f.Write("models/shop.hcl", meeting(together, renamed))
			f.Must("make", "--no-input")
		}
		got := f.Tree()
		for name := range got {
			if !strings.HasPrefix(name, "migrations/") {
				delete(got, name)
			}
		}
		if want == nil {
			want = got
			require.Len(t, want, 6, "two migrations, the sum and the attributes: %v", want)
		}
		require.Equal(t, want, got, "%v %s", order, transport)
	}
}

// In whatever order plugins are installed, one after another, the database is the
// same as one that had them all from the beginning, and there is a way back.
func TestPluginsOneByOne(t *testing.T) {
	t.Parallel()
	all := permutations(together)
	var want string
	for _, order := range [][]string{nil, all[0], all[9], all[len(all)-1]} {
		url := scratch.Database(t)
		f := clitest.NewFolder(t, "WHIMBREL_PLUGIN_TRANSPORT=inprocess", "DATABASE_URL="+url)
		f.Write("models/shop.hcl", meeting(nil, false))
		enable(f, nil)
		f.Must("make")
		f.Must("migrate")
		empty := snapshot(t, url)
		for i := range order {
			addPlugins(f, order[:i+1])
		}
		if order == nil {
			addPlugins(f, together)
			want = snapshot(t, url)
		}
		require.Equal(t, want, snapshot(t, url), order)
		f.Must("rollback", "--to", "20261122110000_initial")
		require.Equal(t, empty, snapshot(t, url), order)
	}
}

// addPlugins enables plugins and applies what they make of the model.
func addPlugins(f clitest.Folder, plugins []string) {
	f.T.Helper()
	enable(f, plugins)
	f.Must("plugin", "lock")
	f.Write("models/shop.hcl", meeting(plugins, false))
	f.Must("make", "--no-input")
	f.Must("migrate")
	f.Must("make", "--check")
}

func snapshot(t *testing.T, url string) string {
	t.Helper()
	text, err := postgres.Snapshot(t.Context(), url)
	require.NoError(t, err)
	return text
}
