package sql_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/sql"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// TestTwins reads the same models from SQL and from HCL: the files of each case
// (testdata/*.txtar) that end in one and the other.
func TestTwins(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	p := parser.New(nil)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			wanted, found := objects(t, archive, ".hcl", p), objects(t, archive, ".sql", p)
			require.Equal(t, wanted, found)
		})
	}
}

// objects reads the files of a case that end in a suffix, and writes every object.
func objects(t *testing.T, archive *txtar.Archive, suffix string, p *parser.Parser) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, suffix) {
			path := filepath.Join(root, filepath.FromSlash(f.Name))
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, f.Data, 0o600))
		}
	}
	return written(read(t, root, p))
}

func read(t *testing.T, root string, p *parser.Parser) *state.State {
	t.Helper()
	var manifests []*detect.Manifest
	for _, d := range builtin.Detectors() {
		manifests = append(manifests, d.Manifest())
	}
	apps := []source.App{
		{Label: "shop", Models: "shop", Migrations: "shop_migrations", Schema: "public"},
		{Label: "kitchen", Models: "kitchen", Migrations: "kitchen_migrations", Schema: "kitchen"},
	}
	for _, a := range apps {
		require.NoError(t, os.MkdirAll(filepath.Join(root, a.Models), 0o755))
	}
	project := source.Project{Root: root, File: "whimbrel.hcl", Apps: apps}
	declaration, found, err := hcl.New(project, manifests, hcl.SQL(p, sql.Readers(builtin.Detectors()...)...)).Read(t.Context())
	require.NoError(t, err)
	require.False(t, found.HasErrors(), "%v", found)
	return declaration.State
}

func written(s *state.State) string {
	var b strings.Builder
	for o := range s.All() {
		b.WriteString(o.Address.String() + " " + string(o.Attrs) + "\n")
	}
	return b.String()
}
