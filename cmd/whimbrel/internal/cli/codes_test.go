package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// projectRoot is the folder of the module, seen from this package.
const projectRoot = "../../../.."

var (
	code    = regexp.MustCompile(`^WH[0-9]{4}$`)
	codeRow = regexp.MustCompile(`(?m)^\| (WH[0-9]{4}) \| (.+) \| (\S+) \|$`)
)

// Every code has one meaning and one package, and docs/errors.md has them all.
func TestCodesAreDocumented(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(projectRoot, "docs", "errors.md"))
	require.NoError(t, err)
	documented, meanings := map[string][]string{}, map[string]string{}
	var order []string
	for _, row := range codeRow.FindAllStringSubmatch(string(text), -1) {
		require.NotContains(t, documented, row[1], "it is there twice")
		require.Empty(t, meanings[row[2]], "%s means the same", row[1])
		documented[row[1]], meanings[row[2]] = []string{row[3]}, row[1]
		order = append(order, row[1])
	}
	require.True(t, slices.IsSorted(order))
	used := codesOfPackages(t)
	for c, packages := range used {
		assert.Equal(t, packages, documented[c], "docs/errors.md: %s needs a row with the one package that reports it", c)
	}
	for _, c := range order {
		assert.Contains(t, used, c, "docs/errors.md: nothing reports %s any more", c)
	}
}

// codesOfPackages returns the packages whose code has each code as a string.
func codesOfPackages(t *testing.T) map[string][]string {
	found := map[string][]string{}
	root := os.DirFS(projectRoot)
	require.NoError(t, fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		hidden := path != "." && strings.HasPrefix(entry.Name(), ".")
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (hidden || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir(), !strings.HasSuffix(path, ".go"), strings.HasSuffix(path, "_test.go"):
			return nil
		}
		folder := filepath.ToSlash(filepath.Dir(path))
		for _, c := range codesOfFile(t, root, path) {
			if !slices.Contains(found[c], folder) {
				found[c] = append(found[c], folder)
			}
		}
		return nil
	}))
	return found
}

// codesOfFile returns the codes that are strings in a file of Go.
func codesOfFile(t *testing.T, root fs.FS, path string) []string {
	text, err := fs.ReadFile(root, path)
	require.NoError(t, err)
	file, err := parser.ParseFile(token.NewFileSet(), path, text, parser.SkipObjectResolution)
	require.NoError(t, err)
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && code.MatchString(text) {
			found = append(found, text)
		}
		return true
	})
	return found
}
