package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var fenced = regexp.MustCompile("(?s)```(\\w+)\n(.*?)```")

// Every command of docs/inspect.md is run by a script, in the order of the page, which
// has what the page has of SQL and of models.
func TestInspectPage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join(projectRoot, "docs", "inspect.md"))
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join("testdata", "script", "inspect_page.txtar"))
	require.NoError(t, err)
	script := string(text)
	commands := 0
	for _, found := range fenced.FindAllStringSubmatch(string(page), -1) {
		if found[1] != "console" {
			require.Contains(t, script, found[2])
			continue
		}
		for line := range strings.Lines(found[2]) {
			line = strings.TrimSpace(line)
			command, is := strings.CutPrefix(line, "$ ")
			if !is {
				require.Contains(t, script, regexp.QuoteMeta(line))
				continue
			}
			commands++
			command = strings.Replace(command, "psql -c", "psql", 1)
			_, after, there := strings.Cut(script, command+"\n")
			require.True(t, there, "in this order: %s", command)
			script = after
		}
	}
	require.Greater(t, commands, 7)
}
