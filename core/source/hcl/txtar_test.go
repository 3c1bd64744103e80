package hcl_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/whimbreldb/whimbrel/core/diag"
)

// TestFiles reads each project in testdata and compares what comes out with the
// section "want": the state, of the kinds named by "kinds:" in the comment, or the
// diagnostics. Plugins named by "plugins:" are enabled. The places of the kinds
// named by "places:" follow.
func TestFiles(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no files: ", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			want := take(archive, "want")
			got := outcome(t, archive)
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// take removes a file from an archive and returns its text.
func take(archive *txtar.Archive, name string) string {
	for i, f := range archive.Files {
		if f.Name == name {
			archive.Files = append(archive.Files[:i:i], archive.Files[i+1:]...)
			return string(f.Data)
		}
	}
	return ""
}

func words(comment []byte, key string) []string {
	for line := range strings.Lines(string(comment)) {
		if rest, ok := strings.CutPrefix(line, key+":"); ok {
			return strings.Fields(rest)
		}
	}
	return nil
}

func outcome(t testing.TB, archive *txtar.Archive) string {
	enabled := words(archive.Comment, "plugins")
	s, declaration, problems := read(t, archive, manifests(enabled)...)
	var b bytes.Buffer
	if len(problems) > 0 {
		files := s.Files()
		show := func(file string) []byte { return files[file] }
		if words(archive.Comment, "short") != nil {
			for _, d := range problems {
				b.WriteString(d.Severity.String() + " " + d.Code + " " + d.Error() + "\n")
				if d.Next != "" {
					b.WriteString("  " + strings.ReplaceAll(d.Next, "\n", "\n  ") + "\n")
				}
			}
		} else if err := diag.Write(&b, problems, show, false); err != nil {
			t.Fatal(err)
		}
	}
	if problems.HasErrors() {
		return b.String()
	}
	b.WriteString(list(declaration.State, words(archive.Comment, "kinds")...))
	for o := range declaration.State.All() {
		if slices.Contains(words(archive.Comment, "places"), o.Address.Kind()) {
			b.WriteString(o.Address.String() + " at " + declaration.Places[o.Address].String() + "\n")
		}
	}
	for _, r := range declaration.Renamed {
		b.WriteString("renamed " + r.From.String() + " -> " + r.To.String() + "\n")
	}
	var values []string
	for _, h := range declaration.Hints {
		var renamed map[string]string
		if err := json.Unmarshal(h.Value, &renamed); err != nil {
			t.Fatal(err)
		}
		for old, now := range renamed {
			values = append(values, "renamed value of "+h.Object.String()+": "+old+" -> "+now+"\n")
		}
	}
	slices.Sort(values)
	b.WriteString(strings.Join(values, ""))
	return b.String()
}
