package syntax

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/core/declare"
)

// TestPrint prints the trees of "in.hcl" in each file of testdata/print and
// compares the text with "out.hcl".
func TestPrint(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/print/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		require.Len(t, archive.Files, 2, name)
		in, out := archive.Files[0].Data, archive.Files[1].Data
		require.Equal(t, string(out), reprinted(t, in), name)
		require.Equal(t, string(out), reprinted(t, out), name)
	}
}

func reprinted(t *testing.T, text []byte) string {
	t.Helper()
	d, problems := Parse("x.hcl", text)
	require.Empty(t, problems)
	out, err := Print(d)
	require.NoError(t, err)
	return string(out)
}

// TestPrintFiles prints every model file and project file of the repository, those
// in archives of tests included, and reads it again.
func TestPrintFiles(t *testing.T) {
	t.Parallel()
	texts := repository(t, filepath.FromSlash("../../../.."))
	require.Greater(t, len(texts), 150)
	for name, text := range texts {
		d, problems := Parse(name, text)
		if len(problems) == 0 {
			again(t, d)
		}
	}
}

// repository returns the texts in HCL below a folder, by name.
func repository(t *testing.T, root string) map[string][]byte {
	texts := map[string][]byte{}
	require.NoError(t, filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".hcl" && filepath.Ext(name) != ".txtar" {
			return err
		}
		text, err := os.ReadFile(name)
		if filepath.Ext(name) == ".hcl" {
			texts[name] = text
			return err
		}
		for _, file := range txtar.Parse(text).Files {
			if strings.HasSuffix(file.Name, ".hcl") {
				texts[name+" "+file.Name] = file.Data
			}
		}
		return err
	}))
	return texts
}

// again makes sure that the printed document is read as the same tree, and printed
// as the same text.
func again(t testing.TB, d *declare.Document) {
	t.Helper()
	text, err := Print(d)
	require.NoError(t, err, "%s:\n%s", d.Name, d.Bytes)
	read, problems := Parse(d.Name, text)
	require.Empty(t, problems, "%s:\n%s\nprinted\n%s", d.Name, d.Bytes, text)
	require.True(t, d.Body.Equal(read.Body), "%s:\n%s\nprinted\n%s", d.Name, d.Bytes, text)
	second, err := Print(read)
	require.NoError(t, err)
	require.Equal(t, string(text), string(second))
}

// FuzzPrint prints whatever can be read.
func FuzzPrint(f *testing.F) {
	for _, text := range samples {
		f.Add(text)
	}
	f.Add("a = <<-SQL\n  x\n    y $${z}\n\n  z\n  SQL\nb = f(<<EOT\n x\n y\nEOT\n)\n")
	f.Add("a = {(for) = 1, for = \"\\u200b\\U0001F600\"}\nb = [(for), !(-c) ? d : (e ? f : g)]\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, problems := Parse("x.hcl", []byte(text))
		if utf8.ValidString(text) && len(problems) == 0 && steady(d) {
			again(t, d)
		}
	})
}

// steady reports whether hashicorp/hcl reads a text again as it formats it, and an
// argument that is written twice. It writes 3 .0 without the blank, and reads only
// one of two arguments.
func steady(d *declare.Document) bool {
	formatted, problems := Parse("x.hcl", hclwrite.Format(d.Bytes))
	return len(problems) == 0 && formatted.Body.Equal(d.Body) && !repeated(d.Body)
}

// repeated reports arguments of short names that are written twice.
func repeated(b *declare.Body) bool {
	seen := map[string]bool{}
	for _, a := range b.Attrs {
		if seen[a.Name.Text] && len(a.Name.Text) < 5 {
			return true
		}
		seen[a.Name.Text] = true
	}
	return slices.ContainsFunc(b.Blocks, func(block *declare.Block) bool { return repeated(block.Body) })
}
