package express_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/express"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
)

// enabled returns the manifests of the built-in kinds and of some plugins.
func enabled() []*detect.Manifest {
	list := []*detect.Manifest{triggers.New().Manifest(), extensions.New().Manifest()}
	for _, d := range builtin.Detectors() {
		list = append(list, d.Manifest())
	}
	return list
}

// TestExpress resolves the model files in each file of testdata, one app for each
// folder, and compares what the objects are expressed as with "want".
func TestExpress(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		byModel := strings.Contains(string(archive.Comment), "by model")
		got, want := expressed(t, archive, byModel), string(archive.Files[len(archive.Files)-1].Data)
		require.Equal(t, want, got, name)
	}
}

// expressed returns the printed documents of an archive's objects.
func expressed(t *testing.T, archive *txtar.Archive, byModel bool) string {
	tree := resolve.Tree{}
	for _, f := range archive.Files {
		if !strings.HasSuffix(f.Name, ".hcl") {
			continue
		}
		label := filepath.Base(filepath.Dir(f.Name))
		d, problems := syntax.Parse(f.Name, f.Data)
		require.Empty(t, problems)
		d.App = label
		tree.Documents = append(tree.Documents, d)
		tree.Project.Apps = append(tree.Project.Apps, source.App{Label: label, Models: filepath.Dir(f.Name)})
	}
	declaration, problems := resolve.Resolve(tree, enabled(), nil)
	require.Empty(t, problems)
	documents, omitted := express.Express(declaration.State, express.Setting{Apps: tree.Project.Apps, Manifests: enabled(), ByModel: byModel})
	require.Empty(t, omitted)
	return printed(t, documents)
}

func printed(t *testing.T, documents []*declare.Document) string {
	text := ""
	for _, d := range documents {
		out, err := hcl.PrintDocument(d)
		require.NoError(t, err)
		text += "# " + d.Name + "\n" + string(out)
	}
	return text
}
