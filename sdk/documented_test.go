package sdk_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every exported name says what it is, and every function of the package stands
// in an example.
func TestEverythingIsDocumented(t *testing.T) {
	t.Parallel()
	fset, files := token.NewFileSet(), []*ast.File{}
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	examples := ""
	for _, name := range names {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		if strings.HasPrefix(name, "example_") {
			examples += string(text)
		}
		if !strings.HasSuffix(name, "_test.go") {
			file, err := parser.ParseFile(fset, name, text, parser.ParseComments)
			require.NoError(t, err)
			files = append(files, file)
		}
	}
	p, err := doc.NewFromFiles(fset, files, "sdk")
	require.NoError(t, err)
	var bare, unused []string
	note := func(name, text string) {
		if text == "" {
			bare = append(bare, name)
		}
	}
	functions := slices.Clone(p.Funcs)
	for _, typ := range p.Types {
		grouped := typ.Decl.Lparen.IsValid() // the comment of the group counts
		note(typ.Name, typ.Doc+map[bool]string{true: typ.Decl.Doc.Text() + "group"}[grouped])
		for _, m := range typ.Methods {
			note(typ.Name+"."+m.Name, m.Doc)
		}
		functions = append(functions, typ.Funcs...)
	}
	for _, f := range functions {
		note(f.Name, f.Doc)
		if !strings.Contains(examples, "sdk."+f.Name+"(") && !strings.Contains(examples, "sdk."+f.Name+"[") {
			unused = append(unused, f.Name)
		}
	}
	require.Empty(t, bare, "exported names without a comment")
	require.Empty(t, unused, "functions in no example")
}

// What the documentation shows in Go compiles: each snippet is part of an example
// or a test.
func TestSnippetsAreCompiled(t *testing.T) {
	t.Parallel()
	var compiled strings.Builder
	for _, pattern := range []string{"*_test.go", "../examples/*/*.go", "../contrib/*/*_test.go", "sdktest/*_test.go", "../autodetector/builtin/*/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			compiled.WriteString(squeezed(string(text)) + "\n")
		}
	}
	for _, file := range []string{"../docs/plugins.md", "../docs/plugins/by-hand.md", "../docs/plugins/options.md", "../docs/plugins/blocks.md", "../docs/plugins/queries.md", "../docs/adding-a-kind.md"} {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, block := range strings.Split(string(text), "```go\n")[1:] {
			snippet, _, _ := strings.Cut(block, "```")
			for piece := range strings.SplitSeq(strings.TrimSpace(snippet), "\n\n") {
				require.True(t, strings.Contains(compiled.String(), squeezed(piece)), "%s shows what is not compiled:\n%s", file, piece)
			}
		}
	}
}

// squeezed returns code without its indentation.
func squeezed(code string) string {
	var lines []string
	for line := range strings.Lines(code) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
