package parser_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
)

var ways = []string{"query", "expression", "sql", "plpgsql", "statement"}

// No text makes the parser panic, all places are in the text, and a text with its
// holes filled as they were has the same holes again.
func FuzzAnalyses(f *testing.F) {
	for i, way := range ways {
		files, err := filepath.Glob("testdata/" + way + "/*.txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				f.Fatal(err)
			}
			for k := 0; k < len(archive.Files); k += 2 {
				f.Add(i, string(archive.Files[k].Data))
			}
		}
	}
	b, err := readBook(`
		relation public.pizza id:bigint name:text price:numeric size:size home:address
		relation public.topping id:bigint pizza_id:bigint name:text
		relation public.Odd a:int
		relation public.loose a:int ...
		type public.size
		type public.address street:text
		function public.total
		sequence public.order_no
	`)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := shared.Query("select 1", b); err != nil { // compiling takes longer than a text may
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, i int, text string) {
		way := ways[max(i, 0)%len(ways)]
		_, _ = shared.Effects(text)
		a, err := analyse(b, way, text)
		var wrong *parser.SyntaxError
		switch {
		case errors.As(err, &wrong):
			if wrong.Offset < 0 || wrong.Offset > len(text) {
				t.Fatalf("an error at %d of %q", wrong.Offset, text)
			}
			return
		case err != nil:
			t.Fatal(err)
		}
		inside(t, text, a)
		again, err := analyse(b, way, unmarked(parser.Holed(text, a)))
		if err != nil {
			t.Fatalf("%q became %q: %v", text, unmarked(parser.Holed(text, a)), err)
		}
		first, second := marked(parser.Holed(text, a)), marked(parser.Holed(unmarked(parser.Holed(text, a)), again))
		if first != second {
			t.Fatalf("%q and then %q", first, second)
		}
	})
}

func inside(t *testing.T, text string, a *parser.Analysis) {
	t.Helper()
	at := 0
	for _, n := range a.Names {
		if n.From < at || n.Begin < n.From || n.End <= n.Begin || n.End > len(text) {
			t.Fatalf("%+v in %q", n, text)
		}
		at = n.End
	}
	for _, m := range a.Missing {
		if m.Begin < 0 || m.End > len(text) || m.End <= m.Begin {
			t.Fatalf("%+v in %q", m, text)
		}
	}
	for _, w := range a.Wrong {
		if w.Begin < 0 || w.End > len(text) || w.End <= w.Begin {
			t.Fatalf("%+v in %q", w, text)
		}
	}
}
