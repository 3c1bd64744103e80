package plugin_test

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/cmd/whimbrel/internal/clitest"

	"github.com/whimbreldb/whimbrel/examples/pizza"
)

//go:embed testdata/every
var every embed.FS

// A circumstance is something that must not show in a migration.
type circumstance struct {
	name     string
	env      []string
	backward bool // names of model files and order of plugins
}

func circumstances() []circumstance {
	abroad := []string{"GOMAXPROCS=1", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "TZ=Asia/Kolkata"}
	by := func(transport string, more ...string) []string {
		return append([]string{"WHIMBREL_PLUGIN_TRANSPORT=" + transport}, more...)
	}
	return []circumstance{
		{name: "in process", env: by("inprocess")},
		{name: "in memory", env: by("bufconn")},
		{name: "as processes", env: by("process")},
		{name: "in process, backwards and abroad", env: by("inprocess", abroad...), backward: true},
		{name: "as processes, backwards and abroad", env: by("process", abroad...), backward: true},
	}
}

// However plugins are called, in whatever order files and plugins come, and
// wherever whimbrel runs: the same models give the same bytes.
func TestSameInputSameBytes(t *testing.T) {
	t.Parallel()
	for name, versions := range map[string][]version{
		"pizza": {version{files: texts(t, pizza.Files, ".")}},
		"every feature": {
			{files: texts(t, every, "testdata/every/first")},
			{
				files: texts(t, every, "testdata/every/second"),
				args: []string{
					"--rename", "shop.customer.surname=last_name", "--rename", "kitchen.dish.spicy=",
					"--rename", "shop.order.at_most_3_open=", "--default", `shop.customer.email="nobody@example.org"`,
				},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := map[string]string{}
			for i, c := range circumstances() {
				got := written(t, c, versions)
				if i == 0 {
					want = got
					require.GreaterOrEqual(t, len(want), 3*len(versions), "every version has its migrations")
				}
				require.Equal(t, want, got, c.name)
			}
		})
	}
}

// A version is the files of a project and what the change to it has to be told.
type version struct {
	files map[string]string
	args  []string
}

func texts(t *testing.T, files fs.FS, root string) map[string]string {
	found := map[string]string{}
	require.NoError(t, fs.WalkDir(files, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".hcl" {
			return err
		}
		text, err := fs.ReadFile(files, name)
		found[strings.TrimPrefix(name, root+"/")] = string(text)
		return err
	}))
	return found
}

// written returns the files of all migrations that lead through the versions.
func written(t *testing.T, c circumstance, versions []version) map[string]string {
	f := clitest.NewFolder(t, c.env...)
	for _, v := range versions {
		for name, text := range v.files {
			install(f, c, name, text)
		}
		f.Must(append([]string{"make", "--no-input"}, v.args...)...)
		require.Contains(t, f.Must("make"), "No changes.", c.name)
	}
	files := f.Tree()
	for name := range files {
		if !strings.Contains(name, "migrations/") {
			delete(files, name)
		}
	}
	return files
}

// install writes a file of a project. Model files are cut into one for each block,
// named in the order of the blocks or backwards.
func install(f clitest.Folder, c circumstance, name, text string) {
	blocks := topBlocks(text)
	if c.backward {
		slices.Reverse(blocks)
	}
	if name == "whimbrel.hcl" {
		f.Write(name, strings.Join(blocks, "\n"))
		return
	}
	for i, block := range blocks {
		file := fmt.Sprintf("%02d.hcl", i)
		if c.backward {
			file = fmt.Sprintf("sub/%c.hcl", 'A'+i)
		}
		f.Write(path.Join(path.Dir(name), file), block)
	}
}

// topBlocks cuts a file into its blocks: each begins in the first column.
func topBlocks(text string) []string {
	var blocks []string
	for line := range strings.Lines(text) {
		if line[0] >= 'a' && line[0] <= 'z' || len(blocks) == 0 {
			blocks = append(blocks, "")
		}
		blocks[len(blocks)-1] += line
	}
	return blocks
}
