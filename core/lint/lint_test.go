package lint_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/lint"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// Each case is a text and what is found in it: line, column, code and what.
func TestCases(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	reader := parser.New(nil)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		for i := 0; i+1 < len(archive.Files); i += 2 {
			text := string(archive.Files[i].Data)
			found, err := lint.Check(reader, lint.Text{SQL: text, Whole: text, File: "x.sql", Alone: strings.Contains(archive.Files[i].Name, "alone")})
			require.NoError(t, err)
			var lines []string
			for _, d := range found {
				lines = append(lines, fmt.Sprintf("%d:%d %s %s", d.Range.Start.Line, d.Range.Start.Column, d.Code, d.Summary))
			}
			require.Equal(t, strings.TrimSpace(string(archive.Files[i+1].Data)), strings.Join(lines, "\n"), "%s: %s", file, archive.Files[i].Name)
		}
	}
}
