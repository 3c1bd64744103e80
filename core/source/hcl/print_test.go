package hcl_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/autodetector/proptest"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
	"github.com/whimbreldb/whimbrel/core/state"
)

// TestPrintedMeansTheSame prints the files of every project in testdata that can
// be read, and reads them again.
func TestPrintedMeansTheSame(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	printed := 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		enabled := manifests(words(archive.Comment, "plugins"))
		_, first, problems := read(t, archive, enabled...)
		if problems.HasErrors() {
			continue
		}
		printed++
		_, second, problems := read(t, reprinted(t, archive), enabled...)
		require.False(t, problems.HasErrors(), "%s: %v", name, problems)
		require.Equal(t, everything(first.State), everything(second.State), name)
		require.Equal(t, first.Renamed, second.Renamed)
		require.Equal(t, first.Hints, second.Hints)
	}
	require.GreaterOrEqual(t, printed, 10)
}

// reprinted returns an archive with its files in HCL printed.
func reprinted(t testing.TB, archive *txtar.Archive) *txtar.Archive {
	out := &txtar.Archive{}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".hcl") {
			d, problems := syntax.Parse(f.Name, f.Data)
			require.Empty(t, problems)
			text, err := hcl.PrintDocument(d)
			require.NoError(t, err)
			f.Data = text
		}
		out.Files = append(out.Files, f)
	}
	return out
}

// everything writes all of a state. Its hash holds no references and no ranks.
func everything(s *state.State) string {
	var b strings.Builder
	for o := range s.All() {
		fmt.Fprintf(&b, "%s %s %s %v %d %s\n", o.Address, o.Parent, o.Attrs, o.Refs, o.Rank, o.App)
	}
	return s.Hash() + "\n" + b.String()
}

// TestPrintedProjects does the same with random projects.
func TestPrintedProjects(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		archive := &txtar.Archive{Files: []txtar.File{{Name: "models/shop.hcl", Data: []byte(proptest.Draw(r, "project").HCL())}}}
		_, first, problems := read(t, archive, triggers.New().Manifest(), extensions.New().Manifest())
		require.Empty(r, problems)
		_, second, problems := read(t, reprinted(t, archive), triggers.New().Manifest(), extensions.New().Manifest())
		require.Empty(r, problems)
		require.Equal(r, everything(first.State), everything(second.State))
	})
}
