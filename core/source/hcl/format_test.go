package hcl_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                  "",
		"\n\n":                              "",
		"# alone":                           "# alone\n",
		"a=1 # x\r\nbc  = 2   // y\r\n\r\n": "a  = 1 # x\r\nbc = 2 // y\r\n",
		"m \"x\" {\n\ta= <<-SQL\n    b\n  SQL\n\n\n# c\n}": "m \"x\" {\n  a = <<-SQL\n    b\n  SQL\n\n\n  # c\n}\n",
		"a = in(x,[1,\n2 # two\n])\n":                      "a = in(x, [1,\n  2 # two\n])\n",
	} {
		formatted, problems, err := hcl.Format("x.hcl", []byte(text))
		require.NoError(t, err)
		require.Empty(t, problems)
		require.Equal(t, want, string(formatted))
	}
	text := []byte("a  = \n")
	same, problems, err := hcl.Format("x.hcl", text)
	require.NoError(t, err)
	require.True(t, problems.HasErrors())
	require.Equal(t, text, same)
}

// What the examples show is what whimbrel fmt writes.
func TestExamplesAreFormatted(t *testing.T) {
	t.Parallel()
	seen := 0
	require.NoError(t, filepath.WalkDir("../../../examples", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.Name() == "testdata":
			return fs.SkipDir
		case filepath.Ext(name) != ".hcl":
			return nil
		}
		seen++
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		formatted, problems, err := hcl.Format(name, text)
		require.NoError(t, err)
		require.Empty(t, problems)
		require.Equal(t, string(text), string(formatted), name)
		return nil
	}))
	require.Greater(t, seen, 4)
}

// FuzzFormat formats whatever can be read: the tree stays, and a second time changes
// nothing.
func FuzzFormat(f *testing.F) {
	for _, text := range sources(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		formatted, problems, err := hcl.Format("x.hcl", []byte(text))
		if err != nil || problems != nil {
			return
		}
		before, _ := syntax.Parse("x.hcl", []byte(text))
		after, _ := syntax.Parse("x.hcl", formatted)
		require.True(t, before.Body.Equal(after.Body))
		again, _, err := hcl.Format("x.hcl", formatted)
		require.NoError(t, err)
		require.Equal(t, string(formatted), string(again))
	})
}
