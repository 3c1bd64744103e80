package builtin_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
)

// nameless are the folders in which no kind may be named: the pipeline, the front
// ends, the files, the runner, the host of plugins and the command line.
var nameless = []string{
	"autodetector", "autodetector/project", "core/declare", "core/source", "core/migration", "core/operation", "core/state", "core/runner",
	"core/detect", "plugins", "cmd",
}

// words may stand where a kind is not meant: what tables are made of has meaning for
// core/declare/resolve, as core/model has their attributes; the rest are words of the
// model language, of the project file, and classes of names.
var words = map[string][]string{
	"core/declare/resolve":              {"model", "field", "index", "schema", "function", "constraint"},
	"core/declare/resolve/encode.go":    {"sequence", "statistics", "partition"}, // attributes of a field and of an index
	"core/declare/resolve/field.go":     {"statistics"},                          // an argument of a field
	"core/declare/express/field.go":     {"statistics"},
	"core/declare/express/part.go":      {"partition"},          // an argument of an index
	"core/declare/resolve/part.go":      {"partition"},          // an argument of an index
	"core/declare/resolve/partition.go": {"range", "partition"}, // a way to divide rows, and what it makes
	"core/declare/resolve/habit.go":     {"enum"},               // what people write for a type
	"core/declare/resolve/typ.go":       {"enum"},               // what core/pgtype calls any
	"core/source/sql":                   {"model", "field", "index", "schema", "function"},
	"core/source/sql/field.go":          {"statistics"},
	"core/source/sql/alter.go":          {"constraint"},
	"core/source/sql/partition.go":      {"partition"}, // tables are read here
	"core/source/sql/alone.go":          {"partition"},
	"core/declare/express":              {"model", "field", "index", "schema", "constraint"},
	"core/detect":                       {"model", "field", "schema"},
	// The runner knows no kinds: these are what SQL makes, as core/sqltext/parser says it.
	"core/runner":                         {"view", "index", "sequence", "domain", "function", "procedure", "aggregate", "constraint", "trigger", "schema"},
	"core/runner/definitional.go":         {"statistics"},
	"core/detect/nameclass.go":            {"statistics", "function", "constraint", "trigger", "event_trigger", "publication"}, // classes of names
	"core/detect/reserved.go":             {"index", "statistics"},                                                             // words of a model and of a field
	"autodetector/project/adopt_draft.go": {"schema"},                                                                          // an argument of an app
	"autodetector/project/adopt_files.go": {"model"},                                                                           // has a file of its own
	"cmd/whimbrel/internal/clitest":       {"field"},                                                                           // a plugin of the tests
	"cmd":                                 {"model"},                                                                           // "3 models"
}

// Adding a kind touches its folder and one line of the list: nobody else names one.
func TestNobodyNamesAKind(t *testing.T) {
	t.Parallel()
	var kinds []string
	for _, d := range builtin.Detectors() {
		for _, kind := range d.Manifest().Kinds {
			kinds = append(kinds, kind.Name)
		}
	}
	require.Contains(t, kinds, "sequence")
	for _, folder := range nameless {
		for file, found := range literals(t, folder) {
			for _, text := range found {
				if slices.Contains(kinds, text) && !may(file, text) {
					t.Errorf("%s names the kind %q", file, text)
				}
			}
		}
	}
}

// may reports whether a text may stand in a file.
func may(file, text string) bool {
	for folder, allowed := range words {
		if (file == folder || strings.HasPrefix(file, folder+"/")) && slices.Contains(allowed, text) {
			return true
		}
	}
	return false
}

// literals returns the strings, and the names of kinds in core/model, that stand in
// the Go files of a folder, of autodetector without those below it.
func literals(t *testing.T, folder string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || folder == "autodetector" && name != folder):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		found[name] = stringsIn(t, path)
		return nil
	})
	require.NoError(t, err)
	require.NotEmpty(t, found, folder)
	return found
}

func stringsIn(t *testing.T, path string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	require.NoError(t, err)
	var found []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			return n.Tag == nil // tags are no names of kinds
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
				found = append(found, text)
			}
		case *ast.SelectorExpr: // model.FieldKind
			if kind, ok := strings.CutSuffix(n.Sel.Name, "Kind"); ok && kind != "" {
				found = append(found, strings.ToLower(kind))
			}
		}
		return true
	})
	return found
}
