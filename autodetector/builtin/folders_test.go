package builtin_test

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
)

// A kind is a folder: every folder that declares one has the same parts, and the
// list has exactly those.
func TestEveryKindIsAFolder(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	var kinds []string
	for _, entry := range entries {
		name := entry.Name()
		if !entry.IsDir() || !declaresKind(t, name) {
			continue
		}
		kinds = append(kinds, name)
		assert.Contains(t, source(t, filepath.Join(name, name+".go")), "\nfunc Kind() sdk.Detector {\n", name)
		assert.Contains(t, source(t, filepath.Join(name, name+"_test.go")), `detecttest.Run(t, "testdata")`, name)
		cases, err := filepath.Glob(filepath.Join(name, "testdata", "*.txtar"))
		require.NoError(t, err)
		assert.NotEmpty(t, cases, name)
		documented(t, name)
	}
	var listed []string
	for _, d := range builtin.Detectors() {
		for _, kind := range d.Manifest().Kinds {
			assert.Equal(t, d.Manifest().Name, kind.Name)
			listed = append(listed, kind.Name)
		}
	}
	slices.Sort(listed)
	require.Equal(t, kinds, listed)
}

// declaresKind reports whether a file of a folder has the function Kind.
func declaresKind(t *testing.T, folder string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	require.NoError(t, err)
	return slices.ContainsFunc(files, func(file string) bool { return strings.Contains(source(t, file), "\nfunc Kind() ") })
}

// documented: the comment of the package begins with what the kind is.
func documented(t *testing.T, kind string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(kind, kind+".go"), nil, parser.PackageClauseOnly|parser.ParseComments)
	require.NoError(t, err)
	assert.Regexp(t, "^Package "+file.Name.Name+" is the kind of ", file.Doc.Text(), kind)
}

func source(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return string(text)
}
