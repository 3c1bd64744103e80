package detecttest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/whimbreldb/whimbrel/autodetector/builtin"
	"github.com/whimbreldb/whimbrel/core/address"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/express"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/postgres"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/catalog"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
)

// Inspected makes what a case (*.txtar) has at its end on a server, reads the catalog
// into model files and reads those. It returns the objects that are not those that the
// models say, by their addresses, as Dumped does, and what is left out of the files.
func Inspected(t *testing.T, file string, p *parser.Parser, plugins ...detect.Detector) (map[address.Address]string, []catalog.Remainder) {
	t.Helper()
	wanted, _, db := built(t, file, plugins)
	read, left := fromCatalog(t, db, p, append(builtin.Detectors(), plugins...))
	return different(wanted, read), left
}

// fromCatalog reads a database as the models of the app shop: what is read from the
// files has to be what was read from the catalog.
func fromCatalog(t *testing.T, db database, p *parser.Parser, detectors []detect.Detector) (*state.State, []catalog.Remainder) {
	t.Helper()
	apps := []source.App{{Label: "shop", Models: ".", Migrations: "migrations", Schema: "public"}}
	project := source.Project{Root: t.TempDir(), File: "whimbrel.hcl", Apps: apps}
	read, left, err := catalog.Source{Project: project, Detectors: detectors, Parser: p}.Read(definitions(t, db.url, detectors))
	require.NoError(t, err)
	manifests := detect.ManifestsOf(detectors...)
	documents, omitted := express.Express(read, express.Setting{Apps: apps, Manifests: manifests, ByModel: true})
	for _, o := range omitted {
		left = append(left, catalog.Remainder{Kind: o.Object.Kind(), Name: o.Object.Path(), Why: o.Why})
	}
	printInto(t, project.Root, documents)
	written, found, err := hcl.New(project, manifests).Read(context.WithoutCancel(t.Context()))
	require.NoError(t, err)
	require.False(t, found.HasErrors(), explained(found))
	if len(omitted) == 0 {
		require.Empty(t, different(read, written.State), "the files")
	}
	return written.State, left
}

func definitions(t *testing.T, url string, detectors []detect.Detector) []detect.Definition {
	t.Helper()
	connection, err := postgres.Connect(t.Context(), url)
	require.NoError(t, err)
	defer connection.Close()
	found, err := connection.Definitions(t.Context(), detect.DefinitionsOf(detectors...))
	require.NoError(t, err)
	return found
}

func printInto(t *testing.T, root string, documents []*declare.Document) {
	t.Helper()
	for _, d := range documents {
		text, err := hcl.PrintDocument(d)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(root, d.Name), text, 0o600))
	}
}
