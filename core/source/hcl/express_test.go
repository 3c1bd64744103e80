package hcl_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/whimbreldb/whimbrel/autodetector/proptest"
	"github.com/whimbreldb/whimbrel/contrib/extensions"
	"github.com/whimbreldb/whimbrel/contrib/policies"
	"github.com/whimbreldb/whimbrel/contrib/softdelete"
	"github.com/whimbreldb/whimbrel/contrib/triggers"
	"github.com/whimbreldb/whimbrel/contrib/updatedat"
	"github.com/whimbreldb/whimbrel/core/declare"
	"github.com/whimbreldb/whimbrel/core/declare/express"
	"github.com/whimbreldb/whimbrel/core/declare/resolve"
	"github.com/whimbreldb/whimbrel/core/detect"
	"github.com/whimbreldb/whimbrel/core/source"
	"github.com/whimbreldb/whimbrel/core/source/hcl"
	"github.com/whimbreldb/whimbrel/core/source/hcl/syntax"
	"github.com/whimbreldb/whimbrel/core/sqltext/parser"
	"github.com/whimbreldb/whimbrel/core/state"
	"github.com/whimbreldb/whimbrel/examples/fkindex"
	"github.com/whimbreldb/whimbrel/examples/grants"
	"github.com/whimbreldb/whimbrel/examples/materialized"
	"github.com/whimbreldb/whimbrel/examples/notify"
	"github.com/whimbreldb/whimbrel/examples/partitions"
	"github.com/whimbreldb/whimbrel/examples/rls"
)

// TestExpressed goes the way back for every project in testdata that can be read:
// the objects are expressed, printed and read again.
func TestExpressed(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	done := 0
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		require.NoError(t, err)
		enabled := manifests(words(archive.Comment, "plugins"))
		s, _, problems := read(t, archive, enabled...)
		if problems.HasErrors() {
			continue
		}
		done++
		t.Run(filepath.Base(name), func(t *testing.T) {
			tree, err := s.Tree(t.Context())
			require.NoError(t, err)
			wayBack(t, tree, append(builtins(), enabled...))
		})
	}
	require.GreaterOrEqual(t, done, 10)
}

// wayBack resolves a tree, expresses the objects and makes sure that what comes out,
// printed or not, is resolved to the same objects.
func wayBack(t require.TestingT, tree resolve.Tree, enabled []*detect.Manifest) {
	tree.Parser = sqlParser()
	first, problems := resolve.Resolve(tree, enabled, nil)
	require.False(t, problems.HasErrors(), "%v", problems)
	for _, byModel := range []bool{false, true} {
		documents, omitted := express.Express(first.State, express.Setting{
			Apps: tree.Project.Apps, File: tree.File, Manifests: enabled, ByModel: byModel,
		})
		require.Empty(t, omitted)
		tree.File = withoutBase(tree.File, enabled)
		direct, again, text := tree, tree, ""
		direct.Documents, again.Documents, again.Known = documents, nil, first.State
		for _, d := range documents {
			printed, err := hcl.PrintDocument(d)
			require.NoError(t, err)
			text += "# " + d.Name + "\n" + string(printed)
			read, problems := syntax.Parse(d.Name, printed)
			require.Empty(t, problems, text)
			read.App = d.App
			again.Documents = append(again.Documents, read)
		}
		for _, tree := range []resolve.Tree{direct, again} {
			second, problems := resolve.Resolve(tree, enabled, nil)
			require.False(t, problems.HasErrors(), "%v\n%s", problems, text)
			require.Equal(t, ordered(first.State), ordered(second.State), text)
			require.Equal(t, first.State.Hash(), second.State.Hash())
		}
	}
}

// withoutBase returns a project file without the blocks of plugins in it, which
// are expressed as a document of their own.
func withoutBase(file *declare.Document, enabled []*detect.Manifest) *declare.Document {
	if file == nil {
		return nil
	}
	kept := *file
	kept.Body = &declare.Body{Attrs: file.Body.Attrs}
	for _, b := range file.Body.Blocks {
		if !slices.ContainsFunc(enabled, func(m *detect.Manifest) bool {
			return slices.ContainsFunc(m.Options, func(o detect.Option) bool { return o.On == detect.OnProject && o.Name == b.Type.Text })
		}) {
			kept.Body.Blocks = append(kept.Body.Blocks, b)
		}
	}
	return &kept
}

// sqlParser is one for all, as it takes seconds to start.
var sqlParser = sync.OnceValue(func() *parser.Parser { return parser.New(nil) })

// ordered writes all of a state, with the children of each object in their order.
func ordered(s *state.State) string {
	var b strings.Builder
	for o := range s.All() {
		fmt.Fprintf(&b, "%s %s %s %v %s", o.Address, o.Parent, o.Attrs, o.Refs, o.App)
		for _, child := range s.Children(o.Address) {
			b.WriteString(" " + child.Address.String())
		}
		b.WriteString("\n")
	}
	return b.String()
}

// firstParty returns the manifests of the plugins that come with whimbrel.
func firstParty() []*detect.Manifest {
	return []*detect.Manifest{
		extensions.New().Manifest(), policies.New().Manifest(), softdelete.New().Manifest(), triggers.New().Manifest(), updatedat.New().Manifest(),
	}
}

// TestExpressedProjects goes the way back for random projects.
func TestExpressedProjects(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		d, problems := syntax.Parse("models/shop.hcl", []byte(proptest.Draw(r, "project").HCL()))
		require.Empty(r, problems)
		d.App = "shop"
		apps := []source.App{{Label: "shop", Models: "models", Schema: "public"}}
		wayBack(r, resolve.Tree{Project: source.Project{Apps: apps}, Documents: []*declare.Document{d}}, append(builtins(), firstParty()...))
	})
}

// TestExpressedExamples goes the way back for the examples.
func TestExpressedExamples(t *testing.T) {
	t.Parallel()
	roots, err := filepath.Glob("../../../examples/*/whimbrel.hcl")
	require.NoError(t, err)
	require.Len(t, roots, 9)
	enabled := append(builtins(), append(firstParty(), rls.New().Manifest(), grants.New().Manifest(), materialized.New().Manifest(), notify.New().Manifest(), partitions.New().Manifest(), fkindex.New().Manifest(), statistics())...)
	for _, name := range roots {
		t.Run(filepath.Base(filepath.Dir(name)), func(t *testing.T) {
			project, problems, err := hcl.ReadProject(filepath.Dir(name), enabled...)
			require.NoError(t, err)
			require.Empty(t, problems)
			tree, err := hcl.New(project, enabled).Tree(t.Context())
			require.NoError(t, err)
			wayBack(t, tree, enabled)
		})
	}
}

// statistics is what the example of a plugin in Python says of itself.
func statistics() *detect.Manifest {
	return &detect.Manifest{Name: "statistics", Kinds: []detect.Kind{{Name: "statistics.correlated"}}, Options: []detect.Option{{
		Name: "correlated", On: detect.OnModel, Kind: "statistics.correlated", Labelled: true, Shape: detect.Shape{Attrs: []detect.Attr{
			{Name: "fields", Type: detect.TypeFields}, {Name: "kinds", Type: detect.TypeStrings},
		}},
	}}}
}

// TestExpressedCases goes the way back for the cases of the autodetector and of
// package express.
func TestExpressedCases(t *testing.T) {
	t.Parallel()
	enabled, done := append(builtins(), firstParty()...), 0
	for _, pattern := range []string{"../../../autodetector/builtin/*/testdata/*.txtar", "../../declare/express/testdata/*.txtar"} {
		names, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, name := range names {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			for _, side := range []string{"from", "to", "models"} {
				tree := caseOf(archive, side)
				tree.Parser = sqlParser()
				if _, problems := resolve.Resolve(tree, enabled, nil); problems.HasErrors() || len(tree.Documents) == 0 {
					continue
				}
				done++
				t.Run(filepath.Base(name)+" "+side, func(t *testing.T) { wayBack(t, tree, enabled) })
			}
		}
	}
	require.Greater(t, done, 20)
}

// caseOf returns the tree of one side of a case of detecttest.
func caseOf(archive *txtar.Archive, side string) resolve.Tree {
	tree := resolve.Tree{}
	for _, f := range archive.Files {
		label, ok := strings.CutPrefix(f.Name, side+"/")
		if label = strings.TrimSuffix(strings.TrimSuffix(label, ".hcl"), "/in"); f.Name == side {
			label, ok = "shop", true
		}
		if !ok {
			continue
		}
		tree.Project.Apps = append(tree.Project.Apps, source.App{Label: label, Models: label, Schema: "public"})
		d, _ := syntax.Parse(label+"/"+side+".hcl", f.Data)
		d.App = label
		tree.Documents = append(tree.Documents, d)
	}
	return tree
}

// FuzzExpress goes the way back for whatever can be resolved, but for texts in SQL:
// their parser takes too long to start in a fuzzing process.
func FuzzExpress(f *testing.F) {
	for _, text := range sources(f) {
		f.Add(text)
	}
	enabled := append(builtins(), guards(), types())
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range []string{"sql", "file", "view", "function"} {
			if strings.Contains(text, word) {
				return
			}
		}
		d, problems := syntax.Parse("models/shop.hcl", []byte(text))
		d.App = "shop"
		apps := []source.App{{Label: "shop", Models: "models", Schema: "public"}}
		tree := resolve.Tree{Project: source.Project{Apps: apps}, Documents: []*declare.Document{d}, Problems: problems, Parser: sqlParser()}
		if _, problems := resolve.Resolve(tree, enabled, nil); utf8.ValidString(text) && !problems.HasErrors() {
			wayBack(t, tree, enabled)
		}
	})
}
