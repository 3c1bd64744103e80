package parser_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

// The files in testdata have one analysis each: a catalog, a text, and what is
// to be found in it.
func TestAnalyses(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		b, err := readBook(string(archive.Comment))
		require.NoError(t, err)
		for i := 0; i+1 < len(archive.Files); i += 2 {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+archive.Files[i].Name, func(t *testing.T) {
				text := strings.TrimSuffix(string(archive.Files[i].Data), "\n")
				got := report(t, b, filepath.Base(filepath.Dir(file)), text)
				require.Equal(t, string(archive.Files[i+1].Data), got)
			})
		}
	}
}

// report analyses a text and writes what was found.
func report(t *testing.T, b book, way, text string) string {
	t.Helper()
	analysis, err := analyse(b, way, text)
	var wrong *parser.SyntaxError
	if errors.As(err, &wrong) {
		return fmt.Sprintf("error at %q: %s\n", text[wrong.Offset:], wrong)
	}
	require.NoError(t, err)
	holed := parser.Holed(text, analysis)
	same(t, way, text, unmarked(holed))
	return written(text, analysis, marked(holed))
}

func analyse(b book, way, text string) (*parser.Analysis, error) {
	switch way {
	case "query":
		return shared.Query(text, b)
	case "expression":
		pizza, _ := b.Relation("", "pizza")
		return shared.Expression(text, b, []parser.Source{
			{Name: "pizza", Relation: pizza}, {Name: "new", Relation: pizza, Qualified: true},
		}, "value")
	case "sql":
		return shared.SQLBody(text, total(b), b)
	case "plpgsql":
		return shared.PLpgSQL(text, total(b), b)
	case "statement":
		return shared.Statement(text, b)
	}
	return nil, fmt.Errorf("no such way: %s", way)
}

// total is the routine whose bodies are in testdata.
func total(b book) parser.Routine {
	pizza, _ := b.Relation("", "pizza")
	object, _ := b.Function("", "total", nil)
	return parser.Routine{
		Name: "total", Object: object.Object, Row: &pizza,
		Args:   []parser.Argument{{Name: "id", Type: "bigint"}, {Name: "factor", Type: "numeric"}, {Name: "p", Type: "pizza"}},
		Tables: []parser.Source{{Name: "new_rows", Relation: pizza}},
	}
}

// same fails unless PostgreSQL reads two texts the same, schemas aside.
func same(t *testing.T, way, text, filled string) {
	t.Helper()
	canonical := shared.Canonical
	switch {
	case way == "expression":
		canonical = shared.CanonicalExpression
	case way == "plpgsql":
		return
	case way == "sql" && strings.HasPrefix(text, "begin atomic") || strings.HasPrefix(text, "return"):
		text, filled = "create function f() language sql "+text, "create function f() language sql "+filled
	}
	want, err := canonical(text)
	require.NoError(t, err)
	got, err := canonical(filled)
	require.NoError(t, err, filled)
	require.Equal(t, strings.ReplaceAll(want, "public.", ""), strings.ReplaceAll(got, "public.", ""))
}

func written(text string, a *parser.Analysis, holed string) string {
	var b strings.Builder
	fmt.Fprintln(&b, holed)
	if len(a.Columns) > 0 {
		fmt.Fprint(&b, "columns:")
		for _, c := range a.Columns {
			fmt.Fprintf(&b, " %s", c.Name)
			if !c.Named.IsZero() {
				fmt.Fprintf(&b, "«%s»", strings.TrimPrefix(c.Named.Path(), "shop."))
			}
			if c.Type != "" {
				fmt.Fprintf(&b, ":%s", c.Type)
			}
		}
		fmt.Fprintln(&b)
	}
	if a.Open {
		fmt.Fprintln(&b, "open")
	}
	for _, use := range a.Uses {
		fmt.Fprintln(&b, "uses:", strings.TrimPrefix(use.Path(), "shop."))
	}
	for _, row := range a.Rows {
		fmt.Fprintln(&b, "rows:", strings.TrimPrefix(row.Path(), "shop."))
	}
	for _, kept := range a.Kept {
		fmt.Fprintln(&b, "kept:", strings.TrimPrefix(kept.Path(), "shop."))
	}
	for _, m := range a.Missing {
		fmt.Fprintln(&b, "missing:", text[m.Begin:m.End])
	}
	for _, w := range a.Wrong {
		fmt.Fprintf(&b, "wrong: %s: %s\n", text[w.Begin:w.End], w)
	}
	for _, at := range a.Dynamic {
		fmt.Fprintf(&b, "dynamic: %q\n", text[at:])
	}
	return b.String()
}
